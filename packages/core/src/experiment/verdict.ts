import { expectedUse, followRequests } from '../before-run/flows.ts'
import type { RunValues } from '../before-run/run-params.ts'
import { causeOf } from '../kernel/outcome.ts'
import type { InsufficientData } from '../stats/estimate.ts'
import { lossesSaid } from './acknowledged.ts'
import type { RequestAnswer, Verdict } from './answer.ts'
import { hasRate } from './load.ts'
import { type Growth, type Overload, overloadSaid, round, worstOf } from './overload.ts'
import { rareWorkOf } from './rare-draws.ts'
import { fewTimes, rareSaid } from './rare-work.ts'
import type { Longer } from './request-reader.ts'
import type { Rounds } from './rounds.ts'
import type { RunResults } from './run-results.ts'
import { shareNotKnown } from './unanswered.ts'
import type { RareDraw } from './unseen-draws.ts'

/** A load is served if at least this share of its requests is answered in time. */
const leastInTime = 0.9

/** Whether the load is carried, in a word and a sentence. */
export function verdictOf(
  results: RunResults,
  growth: Growth,
  all: RequestAnswer,
  { rounds, longer }: { rounds: Rounds; longer: Longer | null },
): Verdict {
  const { overloads, untold } = growth
  const nearKnee = all.percentiles.some((percentile) => percentile.percentile <= 99 && percentile.nearKnee)
  if (overloads.length > 0) {
    const worst = worstOf(overloads) as Overload
    const sentence = `overloaded: ${overloadSaid(worst)}`
    return { outcome: 'overloaded', nearKnee: false, sentence, overloads }
  }
  const offered = results.sums(results.all, (cell) => cell.offered)
  if (!rounds.tooShort && offered.length > 0 && offered.every((count) => count === 0)) {
    return { outcome: 'inconclusive', nearKnee, sentence: 'no traffic: no source sends a request', overloads }
  }
  if (rounds.stopped !== null && !all.mean.sufficient) {
    const sentence = `insufficient data: ${rounds.stopped}${expectedSaid(results)}`
    return { outcome: 'inconclusive', nearKnee, sentence, overloads }
  }
  // Of a batch nothing comes later: what has no answer at the end is not carried, however little it is.
  const mostOpen = hasRate(results.design) ? undefined : 0
  const open = shareNotKnown(results, results.all, (cell) => cell.inTime, mostOpen)
  const inTime = shareInTime(results)
  const isFailing = (open === null ? inTime : (open.atMost ?? 1)) < leastInTime
  const rare = rareWorkOf(results)
  if (rare !== null) return verdictOfRare(rare, rounds)
  const filling = worstOf(untold)
  if (filling !== undefined && !isFailing) return verdictOfUntold(filling, rounds)
  if (open !== null) return verdictOfOpen(open, overloads)
  const knee = nearKnee ? nearKneeSaid : outgrownSaid(longer)
  const losses = lossesSaid(results)
  if (inTime >= 0.9995) {
    const but = losses.length === 0 ? '' : `, but ${losses.join(', and ')}`
    return { outcome: 'carries', nearKnee, sentence: `carries this load${but}${knee}`, overloads }
  }
  const { ledger } = all
  const answered = [`${percent(inTime)} of requests are answered in time`, ...failuresSaid(ledger), ...losses].join(
    '; ',
  )
  if (!isFailing)
    return { outcome: 'carries', nearKnee, sentence: `carries this load, but only ${answered}${knee}`, overloads }
  return { outcome: 'failing', nearKnee, sentence: `failing: only ${answered}`, overloads }
}

/** The blocks that need more cores than they have, by arithmetic; empty if none does. */
function expectedSaid({ design }: RunResults): string {
  return expectedUse(design, followRequests(design))
    .filter(({ use }) => use > 1)
    .map(({ block, use }) => `; by arithmetic, ${block} needs ${round(use)} times its cores`)
    .join('')
}

/** The most frequent cause as a clause: `25 % fail because web is down`, or that answers are late; nothing if none is. */
function failuresSaid({ reasons, offered, late = 0 }: RequestAnswer['ledger']): readonly string[] {
  const [worst] = reasons
  if (late > (worst?.count ?? 0)) return [`${percent(late / offered)} are answered after their deadline`]
  return worst === undefined
    ? []
    : [`${percent(worst.count / offered)} fail because ${causeOf(worst.reason, worst.block)}`]
}

const nearKneeSaid = '; it is near the knee: small errors in service times become large errors in the tail'

/** The backlog that grows without limit with longer service times, although no response time shows it; empty if none does. */
function outgrownSaid(longer: Longer | null): string {
  if (longer === null) return ''
  const [share, growing] = longer.by5.growing === null ? ['20 %', longer.by20.growing] : ['5 %', longer.by5.growing]
  return growing === null ? '' : `; with service times ${share} longer, the backlog at ${growing} grows without limit`
}

/** The verdict if rare work, which the run may have missed, decides how long requests wait. */
function verdictOfRare(rare: RareDraw, { kind, design, events }: Rounds): Verdict {
  const longer = fewTimes ** 2 / rare.expected
  const { repeat } = design.run as unknown as RunValues
  const remedy =
    kind.kind === 'terminating'
      ? `set run.repeat to at least ${Math.ceil(longer * repeat)}`
      : `set run.bounds.events to at least ${Math.ceil((longer * events) / 1e6)}M`
  const sentence = `${tooShortSaid}: ${rareSaid(rare)}; ${remedy}`
  return { outcome: 'inconclusive', nearKnee: false, sentence, overloads: [] }
}

const tooShortSaid = 'the run is too short for a verdict on this load'

/** The verdict if a backlog grows that may stop growing in a longer run. */
function verdictOfUntold({ block, growsPerSecond }: Overload, { plan }: Rounds): Verdict {
  const grows = `the backlog at ${block} grows by ${round(growsPerSecond)}/s, but may stop growing`
  const remedy = `set run.for to at least ${Number(((2 * plan.endMs) / 1000).toPrecision(3))}s`
  const sentence = `${tooShortSaid}: ${grows}; ${remedy}`
  return { outcome: 'inconclusive', nearKnee: false, sentence, overloads: [] }
}

/** The verdict if too many requests have no answer yet. */
function verdictOfOpen({ atMost = 1, reason }: InsufficientData, overloads: readonly Overload[]): Verdict {
  const common = { nearKnee: false, overloads }
  return atMost < leastInTime
    ? {
        outcome: 'failing',
        sentence: `failing: at most ${percent(atMost)} of requests are answered in time; ${reason}`,
        ...common,
      }
    : {
        outcome: 'inconclusive',
        sentence: `${tooShortSaid}: ${reason}`,
        ...common,
      }
}

/** The share of decided requests that were answered in time, from counts: one replication is enough. */
function shareInTime(results: RunResults): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const decided = sum(results.sums(results.all, (cell) => cell.offered - cell.stillInTime))
  return decided === 0 ? 0 : sum(results.sums(results.all, (cell) => cell.inTime)) / decided
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`
}
