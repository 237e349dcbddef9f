import type { Popularity } from '../blocks/block.ts'
import { type Spacing, unspaced } from '../blocks/spacing.ts'
import type { Stream } from '../kernel/random.ts'
import { createKeys } from '../keys/index.ts'
import { replayedKeys } from '../workloads/recording.ts'
import type { Flow } from './flows.ts'

/** Draws keys as these flows together would request them, each in proportion to its rate; null if none requests any. */
export function keyStream(flows: readonly Flow[], stream: Stream): (() => number) | null {
  const known = flows.flatMap((flow) => {
    const draw = flow.perSecond > 0 ? drawer(flow, stream) : null
    return draw === null ? [] : [{ perSecond: flow.perSecond, draw }]
  })
  const sum = known.reduce((total, { perSecond }) => total + perSecond, 0)
  const [only, ...others] = known
  if (only === undefined) return null
  if (others.length === 0) return only.draw
  return () => {
    let at = stream.next() * sum
    let index = 0
    while (index < known.length - 1 && at > (known[index]?.perSecond ?? 0)) at -= known[index++]?.perSecond ?? 0
    return (known[index] as (typeof known)[number]).draw()
  }
}

/** Keys of a trace as often as the trace has them, in any order: what comes next in it must not be known before. */
function drawer({ key, replayed }: Flow, stream: Stream): (() => number) | null {
  if (replayed !== undefined) {
    const keys = replayedKeys(replayed.values, replayed.kind)
    return keys.length === 0 ? null : () => keys[stream.below(keys.length)] as number
  }
  if (key === undefined || key.name === 'session') return null
  const sampler = createKeys(key)
  return () => sampler.sample(stream)
}

/** Of so many keys the rates are kept: several nodes request them. */
const mostRemembered = 200_000
const unknown = -1

/** The smaller of two, where null is without bound. */
export function fewer(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.min(one, other)
}

/**
 * How often these flows together request each key; null where one of them requests keys whose popularity is not known.
 * @param spacingOf how the calls of a flow for one key follow one another
 * @param aloneOf how many keys stand for themselves alone in the caches on the way of a flow; null where every key does
 * @param passedShare of the calls of a flow for a key, the share that the caches before this block let pass
 */
export function popularity(
  flows: readonly Flow[],
  passedShare: (flow: Flow, key: number) => number,
  spacingOf: (flow: Flow) => Spacing,
  aloneOf: (flow: Flow) => number | null,
): Popularity | null {
  const known: { flow: Flow; keys: number; shareOf: (key: number) => number }[] = []
  for (const flow of flows) {
    if (flow.perSecond === 0) continue
    const sampler = flow.key === undefined || flow.replayed !== undefined ? null : createKeys(flow.key)
    if (sampler?.shareOf === undefined) return null
    known.push({ flow, keys: sampler.keys, shareOf: (key) => sampler.shareOf?.(key) ?? 0 })
  }
  if (known.length === 0) return null
  const keys = known.reduce((most, one) => Math.max(most, one.keys), 0)
  const compute = (key: number) => {
    let perMs = 0
    for (const one of known)
      if (key <= one.keys) perMs += (one.flow.perSecond / 1000) * one.shareOf(key) * passedShare(one.flow, key)
    return perMs
  }
  const mostPerMsFrom = (key: number) => {
    let perMs = 0
    // Each distribution has its most popular keys first.
    for (const one of known) if (key <= one.keys) perMs += (one.flow.perSecond / 1000) * one.shareOf(key)
    return perMs
  }
  const [spacing = unspaced, ...others] = new Set(known.map(({ flow }) => spacingOf(flow)))
  const alone = known.reduce<number | null>((fewest, { flow }) => fewer(fewest, aloneOf(flow)), null)
  const common = others.length === 0 ? spacing : unspaced
  if (keys > mostRemembered) return { keys, spacing: common, alone, mostPerMsFrom, perMsOf: compute }
  const remembered = new Float64Array(keys + 1).fill(unknown)
  return {
    keys,
    spacing: common,
    alone,
    mostPerMsFrom,
    perMsOf(key) {
      if (remembered[key] === unknown) remembered[key] = compute(key)
      return remembered[key] ?? 0
    },
  }
}
