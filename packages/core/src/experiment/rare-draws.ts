import { distributionsToWatch } from '../before-run/expected-draws.ts'
import { shortPercent } from '../stats/censored-quantile.ts'
import { type Estimate, insufficientData, relativeHalfWidth } from '../stats/estimate.ts'
import { sharesOf } from './breakdown-answer.ts'
import { fewTimes, rareSaid } from './rare-work.ts'
import type { RunResults } from './run-results.ts'
import { type RareDraw, unseenAfter, unseenIn, unseenOfKinds } from './unseen-draws.ts'

/**
 * Withholds means that a run cannot estimate. Some draws are so rare that a run hardly sees them, yet much of a mean comes
 * from them: rare values of a distribution, and work that a branch, a kind of request or a source rarely chooses. A run without
 * these draws underestimates waits, and its interval only shows the spread of the values it saw.
 *
 * The mean wait in line grows with the second moment of the work (F. Pollaczek, 1930; A. Khinchin, 1932). With Pareto work
 * of shape 2.2, values rarer than one in a million make up a fifth of that moment.
 */

/** The unseen share of a mean may be at most this share of its relative half-width. */
const shareOfHalfWidth = 1 / 3

/** A mean with a smaller unseen share is given at any precision: more draws narrow an interval faster than they lower that share. */
const leastWithheld = 0.01

/** Beyond this share a mean is never given, however wide its interval is: most of it is then not in what was measured. */
const mostGiven = 0.5

/** The estimate of a mean over requests of these kinds, unless too much of it is in values too rare to be seen. */
export function unlessRare(results: RunResults, kinds: readonly number[], mean: Estimate): Estimate {
  return unlessUnseen(mean, ofRequests(results, kinds, 1))
}

/** The same for the calls of a block: for how long they stay in it, or wait in it. */
export function unlessRareAt(results: RunResults, place: number, of: 'stay' | 'wait', mean: Estimate): Estimate {
  const found = unseenIn(results).get(results.blocks[results.places.owner(place)] as string)
  if (found === undefined) return mean
  const { firstMoment, secondMoment, most } = found
  if (of === 'wait') return unlessUnseen(mean, { share: secondMoment, most })
  const total = (value: 'waitMs' | 'doneMs') => results.blockSum(place, (cell) => cell[value])
  const [waited, stayed] = [total('waitMs'), total('doneMs')]
  if (stayed === 0) return mean
  const waiting = Math.min(1, waited / stayed)
  return unlessUnseen(mean, {
    share: shareOfTrue(grown(waiting, secondMoment) + grown(1 - waiting, firstMoment)),
    most,
  })
}

/** Whether a run `factor` times as long would see enough for a mean of this relative half-width. */
export function isSeenWith(factor: number, results: RunResults, precision: number): boolean {
  return (ofRequests(results, results.all.kinds, factor)?.share ?? 0) <= mostUnseen(precision)
}

/** With a smaller unseen share, the lower bound of a mean still tells whether a load is carried. */
const leastTelling = 0.1

/** Work rarely chosen that much of the mean response may come from; null where there is none, or only rare values of a distribution. */
export function rareWorkOf(results: RunResults): RareDraw | null {
  const answered = results.ratio(
    results.all,
    (cell) => cell.sumMs,
    (cell) => cell.answered,
  )
  const unseen = ofRequests(results, results.all.kinds, 1)
  const isMissed = unseen !== null && !unlessUnseen(answered, unseen).sufficient && answered.sufficient
  return isMissed && unseen.share > leastTelling && unseen.most.expected < fewTimes ? unseen.most : null
}

/** The unseen share of a mean, and the draw that most of it comes from. */
interface UnseenShare {
  readonly share: number
  readonly most: RareDraw
}

function unlessUnseen(mean: Estimate, unseen: UnseenShare | null): Estimate {
  if (!mean.sufficient || unseen === null || unseen.share <= mostUnseen(relativeHalfWidth(mean))) return mean
  const reason = `about ${shortPercent(unseen.share)} of the mean comes from draws too rare for this run`
  const why = unseen.most.expected < fewTimes ? `: ${rareSaid(unseen.most)}` : ''
  return insufficientData(reason + why, mean.replications, { atLeast: mean.low })
}

/** The largest share that may be unseen of a mean with an interval of this relative half-width. */
function mostUnseen(halfWidth: number): number {
  return Math.min(mostGiven, Math.max(leastWithheld, shareOfHalfWidth * halfWidth))
}

/** How long a part of a time is with the share of it that a run does not show; nothing stays nothing, even of an infinite mean. */
function grown(part: number, unseen: number): number {
  return part === 0 ? 0 : part / (1 - unseen)
}

/** What share of the whole the unseen is, where the whole is so many times as long as what was seen. */
function shareOfTrue(times: number): number {
  return 1 - 1 / times
}

/** Share of the mean response that a run `factor` times as long does not see; null where it sees all. */
function ofRequests(results: RunResults, kinds: readonly number[], factor: number): UnseenShare | null {
  if (distributionsToWatch(results.design).size === 0) return null
  const own = unseenOfKinds(results, kinds, factor)
  const atBlocks = factor === 1 ? unseenIn(results) : unseenAfter(results, factor)
  if (own === null && atBlocks.size === 0) return null
  const parts = sharesOf(results, kinds)
  const meanMs = parts.reduce((sum, { ms }) => sum + ms, 0)
  if (meanMs === 0) return null
  let more = (own?.unseenMs ?? 0) / meanMs
  let largest = more
  let most = own?.most
  for (const { block, activity, note, share } of parts) {
    const found = atBlocks.get(block)
    if (found === undefined || activity !== 'waiting' || note === 'wait step') continue
    const waits = grown(share, notInLine.has(note ?? '') ? found.firstMoment : found.secondMoment) - share
    more += waits
    if (waits <= largest && most !== undefined) continue
    largest = waits
    most = found.most
  }
  return most === undefined ? null : { share: shareOfTrue(1 + more), most }
}

/** Waiting that no work of others makes longer than its mean does: a shared core is a queue by processor sharing. */
const notInLine = new Set(['core', 'pause', 'back-off'])
