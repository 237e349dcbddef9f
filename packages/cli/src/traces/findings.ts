import { type Capacity, knee } from '@loadpath/core/traces'
import { bytes, count, known } from '../print/number.ts'
import { listed, plural } from '../print/page.ts'
import type { CellAnswer, SizeAnswer, TraceCacheAnswer } from './answer.ts'
import { missRatioLines } from './lines.ts'

/** `1,000 entries`, `64 MiB`. */
export function sizeInWords({ unit, amount }: Capacity): string {
  if (unit === 'bytes') return bytes(amount)
  return plural(amount, 'entry', count(amount))
}

/** Returns the labels of sizes; exact bytes if two labels would be the same. */
export function sizeLabels(sizes: readonly SizeAnswer[]): readonly string[] {
  const words = sizes.map(({ capacity }) => sizeInWords(capacity))
  return words.map((word, i) => {
    const isAlone = words.indexOf(word) === words.lastIndexOf(word)
    return isAlone ? word : `${count((sizes[i] as SizeAnswer).capacity.amount)}\u00a0B`
  })
}

/** Returns a sentence for each size that was replayed in place of requested ones. */
export function sizesInWords({ sizes }: TraceCacheAnswer): readonly string[] {
  return sizes.flatMap(({ capacity, asked = [] }) => {
    if (asked.length === 0) return []
    const words = listed(asked.map(sizeInWords))
    return [`${sizeInWords(capacity)} in place of ${words}: a cache of the sample holds whole entries only.`]
  })
}

/** Returns a ratio in percent, to one decimal. */
export function ratio(value: number): string {
  return `${(value * 100).toFixed(1)}\u00a0%`
}

/** Returns the findings of a trace as sentences. */
export function findingsOf(answer: TraceCacheAnswer): readonly string[] {
  return [
    ...ceiling(answer),
    ...bestPolicies(answer),
    ...largestDifference(answer),
    ...bend(answer),
    ...optimum(answer),
  ]
}

/** The upper limit of any hit ratio: the first request for each key is a miss. */
function ceiling({ inventory: { requests, distinct }, sample }: TraceCacheAnswer): readonly string[] {
  if (requests === 0) return []
  const about = sample === null ? '' : 'about '
  return [
    `The hit ratio is at most ${about}${ratio(1 - distinct / requests)}: the first request for each key is a miss.`,
  ]
}

interface Ranked {
  readonly name: string
  readonly cell: CellAnswer
}

/** Returns the policies at one size, the best first, without those that need the future. */
function ranking(answer: TraceCacheAnswer, { cells }: SizeAnswer): readonly Ranked[] {
  return cells
    .flatMap((cell, i) => {
      const policy = answer.policies[i]
      return cell === null || policy === undefined || policy.needsFuture ? [] : [{ name: policy.written, cell }]
    })
    .sort((a, b) => b.cell.hitRatio - a.cell.hitRatio)
}

function bestPolicies(answer: TraceCacheAnswer): readonly string[] {
  const wins = new Map<string, { at: number[]; most: number }>()
  const ties: number[] = []
  answer.sizes.forEach((size, at) => {
    const [best, second] = ranking(answer, size)
    if (best === undefined || second === undefined) return
    const margin = best.cell.hitRatio - second.cell.hitRatio
    // A difference that the table does not show is a tie.
    if (margin < 0.0005) ties.push(at)
    else {
      const won = wins.get(best.name) ?? { at: [], most: 0 }
      won.at.push(at)
      won.most = Math.max(won.most, margin)
      wins.set(best.name, won)
    }
  })
  const sentences = [...wins].map(
    ([name, { at, most }]) =>
      `${name} has the highest hit ratio with ${stretches(answer, at)}: up to ${points(most)} more than the second best.`,
  )
  if (ties.length > 0) sentences.push(`With ${stretches(answer, ties)}, the best policies are equal.`)
  return sentences
}

/** Returns sizes with neighbours joined into ranges: `190 to 9,700 entries and 70,000 entries`. */
function stretches({ sizes }: TraceCacheAnswer, at: readonly number[]): string {
  const runs: [number, number][] = []
  for (const index of at) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === index - 1) run[1] = index
    else runs.push([index, index])
  }
  const words = (index: number) => sizeInWords((sizes[index] as SizeAnswer).capacity)
  return listed(
    runs.map(([from, to]) => (from === to ? words(from) : `${words(from).replace(/ entr.*/, '')} to ${words(to)}`)),
  )
}

/** The size at which the policies differ most. */
function largestDifference(answer: TraceCacheAnswer): readonly string[] {
  let found: { size: Capacity; best: Ranked; worst: Ranked; spread: number } | undefined
  for (const size of answer.sizes) {
    const ranked = ranking(answer, size)
    const [best] = ranked
    const worst = ranked.at(-1)
    if (best === undefined || worst === undefined || ranked.length < 3) continue
    const spread = best.cell.hitRatio - worst.cell.hitRatio
    if (found === undefined || spread > found.spread) found = { size: size.capacity, best, worst, spread }
  }
  if (found === undefined || found.spread < 0.005) return []
  const { size, best, worst } = found
  return [
    `Policies differ most with ${sizeInWords(size)}: ${worst.name} hits ${ratio(worst.cell.hitRatio)}, ${best.name} ${ratio(best.cell.hitRatio)}.`,
  ]
}

/** The size beyond which a larger cache gains little. */
function bend(answer: TraceCacheAnswer): readonly string[] {
  const [line] = missRatioLines(answer)
  const unit = answer.sizes[0]?.capacity.unit ?? 'entries'
  const points = (line?.points ?? []).map(({ size, missRatio }) => ({ size, hitRatio: 1 - missRatio }))
  const found = knee(points)
  const last = points.at(-1)
  if (found === null || last === undefined || line === undefined) return []
  const near = sizeInWords({ unit, amount: Number(found.size.toPrecision(2)) })
  const part = (value: number, of: number) => known(Number((value / of).toPrecision(2)), 'share')
  return [
    `The curve of ${line.name} has its knee near ${near}: ${part(found.size, last.size)} of ${sizeInWords({ unit, amount: last.size })}, with ${part(found.hitRatio, last.hitRatio)} of its hits.`,
  ]
}

function optimum(answer: TraceCacheAnswer): readonly string[] {
  const at = answer.policies.findIndex((policy) => policy.needsFuture)
  if (at < 0) return []
  const shares = answer.sizes.flatMap((size) => {
    const bound = size.cells[at]
    const [best] = ranking(answer, size)
    if (bound === null || bound === undefined || best === undefined || bound.hitRatio === 0) return []
    return [{ size: size.capacity, best, bound: bound.hitRatio, gap: bound.hitRatio - best.cell.hitRatio }]
  })
  const [widest] = shares.toSorted((a, b) => b.gap - a.gap)
  if (widest === undefined) return []
  const { size, best, bound, gap } = widest
  return [
    `The optimum (${answer.policies[at]?.written}, which needs the future requests) is farthest away with ${sizeInWords(size)}: it hits ${ratio(bound)}, ${points(gap)} more than ${best.name}.`,
  ]
}

/** Returns a difference in percentage points. */
function points(difference: number): string {
  const value = difference * 100
  return `${value >= 0.95 ? value.toFixed(1) : Number(value.toPrecision(1))} points`
}

/** Returns the size of the sample and its error, in a sentence. */
export function sampleInWords({ sample, inventory }: TraceCacheAnswer): readonly string[] {
  if (sample === null) return []
  const { share, requests, keys, meanAbsoluteError: error, basis } = sample
  const taken = `Estimated from ${known(share, 'share')} of the keys: ${plural(keys, 'key', count(keys))} and ${count(requests)} of ${plural(inventory.requests, 'request', count(inventory.requests))}.`
  if (error === null) return [`${taken} The sample is too small to estimate its error.`]
  const how =
    basis === 'full replay'
      ? 'measured against a replay of the whole trace'
      : 'estimated by the jackknife: without each tenth of the sample in turn'
  return [`${taken} The mean absolute error of the hit ratios is ${points(error)}, ${how}.`]
}
