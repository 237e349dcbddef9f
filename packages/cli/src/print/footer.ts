import type { Answer } from '@loadpath/core'
import { count, known } from './number.ts'
import { type Page, plural, prose, safe } from './page.ts'

/** What was run, what the intervals mean, and the seed that repeats it all. */
export function printFooter(answer: Answer, page: Page): string[] {
  return prose(footing(answer), page, { indent: 0, paint: page.colours.quiet })
}

/** The same as one text. */
export function footing({ run, requests }: Answer): string {
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
      ? `Steady run (${safe(because)}): each replication lasts ${known(lengthMs, 'duration')}: ${known(warmUpMs, 'duration')} of warm-up, ${known(measuredMs, 'duration')} that count${lastAnswers(run)}.`
      : `Terminating run (${safe(because)}): each replication lasts ${known(lengthMs, 'duration')} from its start, and nothing is cut.`
  const beginning = leadIn === undefined ? '' : beginningOf(leadIn)
  const reached = precision?.reached
  const precise =
    precision === null || reached === null || reached === undefined
      ? ''
      : ` Precision of the mean: ±${roughly(reached)} reached, ±${roughly(precision.asked)} asked.`
  const settling =
    unsettledMs === null
      ? ''
      : ` Caches behind caches, and those that follow changes, begin near their steady state: until ${known(unsettledMs, 'duration')} have passed, their hit ratios may still drift.`
  const large = standIns.map(
    ({ block, errorPoints }) =>
      ` ${safe(block)} is a large cache, simulated with one key for several unpopular ones: its hit ratio is within ${errorPoints} points of that of every key.`,
  )
  const level = Math.floor((confidenceOf(requests[0]) ?? 0.95) * 100)
  const meaning = `± and ranges in brackets are ${level} % confidence intervals over ${plural(replications, 'independent replication')}.`
  return `${meaning} ${each}${beginning}${precise}${settling}${large.join('')} Seed ${seed}; ${plural(events, 'event', count(events))}.`
}

/** The end of a replication, in which nothing that arrives counts. */
function lastAnswers({ lengthMs, warmUpMs, measuredMs }: Answer['run']): string {
  const restMs = lengthMs - warmUpMs - measuredMs
  return restMs <= lengthMs * 1e-6 ? '' : `, and ${known(restMs, 'duration')} for the answers to those that came last`
}

function beginningOf({ lengthMs, emptyBecause }: NonNullable<Answer['run']['leadIn']>): string {
  return emptyBecause === null
    ? ` It begins in the steady state, reached in ${known(lengthMs, 'duration')} before 0 s, which are not counted.`
    : ` It begins empty although run.start is warmed: no steady state was found at 0 s (${safe(emptyBecause)}).`
}

function roughly(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`
}

/** Intervals that a stopping rule widened a little are spoken of by what they keep. */
function confidenceOf(all: Answer['requests'][number] | undefined): number | undefined {
  const confidence = all?.mean.sufficient === true ? all.mean.confidence : undefined
  return confidence !== undefined && confidence > 0.95 && confidence < 0.99 ? 0.95 : confidence
}
