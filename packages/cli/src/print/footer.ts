import type { Answer } from '@loadpath/core'
import { count, known } from './number.ts'
import { type Page, plural, prose, safe } from './page.ts'

/** The kind of run, the meaning of the intervals, and the seed that reproduces the answer. */
export function printFooter(answer: Answer, page: Page): string[] {
  return prose(footing(answer), page, { indent: 0, paint: page.colours.quiet })
}

/** The same as one text. */
export function footing({ run }: Pick<Answer, 'run'>): string {
  const {
    kind,
    because,
    replications,
    lengthMs,
    warmUpMs,
    measuredMs,
    leadIn,
    unsettledMs,
    standIns,
    events,
    precision,
    seed,
  } = run
  const each =
    kind === 'steady'
      ? `Steady-state run (${safe(because)}): each replication has ${known(warmUpMs, 'duration')} of warm-up and ${known(measuredMs, 'duration')} of measurement${lastAnswers(run)}.`
      : `Terminating run (${safe(because)}): each replication covers ${known(lengthMs, 'duration')}, without warm-up.`
  const beginning = leadIn === undefined ? '' : beginningOf(leadIn)
  const reached = precision?.reached
  const precise =
    precision === null || reached === null || reached === undefined
      ? ''
      : ` Precision of the mean: ±${roughly(reached)} (target ±${roughly(precision.asked)}).`
  const settling =
    unsettledMs === null
      ? ''
      : ` Caches behind caches, and caches that follow changes, start near steady state: their hit ratios may drift until ${known(unsettledMs, 'duration')}.`
  const large = standIns.map(
    ({ block, errorPoints }) =>
      ` In ${safe(block)}, a large cache, one simulated key stands for several unpopular keys: its hit ratio is exact within ${errorPoints} points.`,
  )
  const meaning = `± and ranges in brackets are 95 % confidence intervals over ${plural(replications, 'independent replication')}.`
  return `${meaning} ${each}${beginning}${precise}${settling}${large.join('')} Seed ${seed}; ${plural(events, 'event', count(events))}.`
}

/** The end of a replication, which answers the last requests and measures no new ones. */
function lastAnswers({ lengthMs, warmUpMs, measuredMs }: Answer['run']): string {
  const restMs = lengthMs - warmUpMs - measuredMs
  return restMs <= lengthMs * 1e-6 ? '' : `, then ${known(restMs, 'duration')} to answer the last requests`
}

function beginningOf({ lengthMs, emptyBecause }: NonNullable<Answer['run']['leadIn']>): string {
  return emptyBecause === null
    ? ` It starts in steady state, after a lead-in of ${known(lengthMs, 'duration')} that is not measured.`
    : ` It starts empty although run.start is warmed: no steady state at 0 s (${safe(emptyBecause)}).`
}

function roughly(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`
}
