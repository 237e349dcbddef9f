import { insufficientData } from '../stats/estimate.ts'
import { jackknife, leavingOut } from '../stats/jackknife.ts'
import type { BreakdownAnswer, BreakdownParts } from './answer.ts'
import type { KindBreakdown } from './breakdown.ts'
import type { RunResults } from './run-results.ts'
import type { Replicate } from './task.ts'

/** Where the time of a request goes, of all requests and of each kind. */
export function breakdownOf(results: RunResults): BreakdownAnswer {
  const kinds = results.kinds.map(({ index }) => index)
  const all = partsOf(results, kinds)
  if (kinds.length < 2) return { ...all, kinds: [] }
  return {
    ...all,
    kinds: results.kinds.map(({ source, name, index }) => ({
      name: `${source}.${name}`,
      ...partsOf(results, [index]),
    })),
  }
}

/** Of a run that measured no steady state: its parts are those of a transient. */
export function nothingFollowed(results: RunResults): BreakdownAnswer {
  const mean = results.counted(insufficientData('no request was followed', results.replications))
  return { requestsFollowed: 0, meanMs: 0, mean, parts: [], kinds: [] }
}

/**
 * The followed requests of each kind give the mean of each part; kinds are weighed by how many requests of each were
 * answered, for rare kinds are followed as often as common ones (post-stratification: W. G. Cochran, Sampling
 * Techniques, 3rd ed., 1977, section 5A.9).
 */
function partsOf(results: RunResults, kinds: readonly number[]): BreakdownParts {
  const { replicates, confidence } = results
  const parts = meanParts(results, kinds)
  const meanMs = total(parts)
  const totals = totalsOf(results, kinds)
  const without = leavingOut(replicates.length).map((kept) => meanOver(totals, kept))
  const ofKinds = replicates.flatMap(({ breakdown }) => kinds.map((kind) => breakdown[kind] as KindBreakdown))
  return {
    requestsFollowed: ofKinds.reduce((sum, { followed }) => sum + followed, 0),
    meanMs,
    mean: results.counted(jackknife(meanMs, without, replicates.length, confidence, 'non-negative')),
    parts: sharesIn(parts, meanMs).sort((a, b) => b.ms - a.ms || (a.block < b.block ? -1 : 1)),
  }
}

/** What each part has of the mean response of requests of these kinds, without an interval, in no order. */
export function sharesOf(results: RunResults, kinds: readonly number[]): BreakdownParts['parts'] {
  const parts = meanParts(results, kinds)
  return sharesIn(parts, total(parts))
}

function sharesIn(parts: ReadonlyMap<string, number>, meanMs: number): BreakdownParts['parts'][number][] {
  return [...parts].map(([part, ms]) => ({ ...named(part), ms, share: meanMs > 0 ? ms / meanMs : 0 }))
}

/** What one replication found of the followed requests of a kind: their time, for how many they stand, and how many were answered. */
interface FollowedTotals {
  readonly ms: number
  readonly standsFor: number
  readonly answered: number
}

/** By kind and replication: what the mean over any of the replications is made of. */
function totalsOf(results: RunResults, kinds: readonly number[]): readonly (readonly FollowedTotals[])[] {
  return kinds.map((kind) =>
    results.replicates.map((replicate) => {
      const { parts, standsFor } = replicate.breakdown[kind] as KindBreakdown
      const ms = parts.reduce((sum, [, one]) => sum + one, 0)
      return { ms, standsFor, answered: answeredOf(results, kind, [replicate]) }
    }),
  )
}

/** The sum of all parts over some of the replications, as `meanParts` weighs them. */
function meanOver(totals: readonly (readonly FollowedTotals[])[], kept: readonly number[]): number {
  let [answered, weighted] = [0, 0]
  for (const ofKind of totals) {
    const sum = { ms: 0, standsFor: 0, answered: 0 }
    for (const i of kept) {
      const one = ofKind[i] as FollowedTotals
      sum.ms += one.ms
      sum.standsFor += one.standsFor
      sum.answered += one.answered
    }
    if (sum.standsFor === 0) continue
    answered += sum.answered
    weighted += (sum.ms / sum.standsFor) * sum.answered
  }
  return answered === 0 ? 0 : weighted / answered
}

/** Mean ms of each part over the requests of these kinds that were answered. */
function meanParts(results: RunResults, kinds: readonly number[]): ReadonlyMap<string, number> {
  const { replicates } = results
  const followed = kinds.flatMap((kind) => {
    const breakdowns = replicates.map(({ breakdown }) => breakdown[kind] as KindBreakdown)
    const standsFor = breakdowns.reduce((sum, one) => sum + one.standsFor, 0)
    return standsFor > 0 ? [{ breakdowns, standsFor, answered: answeredOf(results, kind, replicates) }] : []
  })
  const answered = followed.reduce((sum, one) => sum + one.answered, 0)
  const parts = new Map<string, number>()
  for (const one of followed) {
    for (const [part, ms] of one.breakdowns.flatMap((breakdown) => breakdown.parts)) {
      parts.set(part, (parts.get(part) ?? 0) + (ms / one.standsFor) * (one.answered / answered))
    }
  }
  return parts
}

function answeredOf({ measured }: RunResults, kind: number, replicates: readonly Replicate[]): number {
  return replicates.reduce(
    (sum, { kinds }) => measured.reduce((within, cell) => within + (kinds[kind]?.[cell]?.answered ?? 0), sum),
    0,
  )
}

function total(parts: ReadonlyMap<string, number>): number {
  return [...parts.values()].reduce((sum, ms) => sum + ms, 0)
}

function named(part: string): { block: string; activity: string; note?: string } {
  const [block = '', activity = '', ...note] = part.split(' ')
  return note.length === 0 ? { block, activity } : { block, activity, note: note.join(' ') }
}
