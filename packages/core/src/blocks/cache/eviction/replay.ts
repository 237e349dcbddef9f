import { Stream } from '../../../kernel/chance.ts'
import type { Chosen } from '../../../support/params.ts'
import { Entries, type EntriesOptions } from '../entries.ts'
import { chooseEviction, type EvictionChoice } from './choose.ts'
import type { EvictionInput } from './index.ts'

export interface ReplayOptions {
  /** Requests at the beginning that fill the cache and are not counted. */
  readonly warmUp?: number
  /** Weight of each request's object, by position; 1 for all if absent. */
  readonly weights?: ArrayLike<number>
  readonly seed?: number
  readonly onEvict?: (key: number) => void
}

export interface ReplayResult {
  readonly hits: number
  readonly misses: number
  /** Σ weight of the requests that missed. */
  readonly missedWeight: number
}

/**
 * Runs a sequence of keys (whole numbers up to 2^53) through an eviction policy, each miss brought in at once: no time,
 * no simulation. Policies that need the future are given it.
 * @param capacity entries, or units of `weights`
 */
export function replay(
  chosen: Chosen | EvictionInput,
  capacity: number,
  keys: ArrayLike<number>,
  options: ReplayOptions = {},
): ReplayResult {
  const { warmUp = 0, weights, seed = 1, onEvict } = options
  const choice = chooseEviction(chosen)
  const future = choice.policy.needs?.includes('future') ? nextUses(keys) : null
  let position = 0
  const entries = createEntries(choice, capacity, {
    seed,
    ...(onEvict === undefined ? {} : { onEvict }),
    ...(future === null ? {} : { nextUse: () => future[position] as number }),
  })
  let hits = 0
  let missedWeight = 0
  for (; position < keys.length; position++) {
    const key = keys[position] as number
    const isCounted = position >= warmUp
    if (entries.get(key, 0) >= 0) {
      if (isCounted) hits++
      continue
    }
    const weight = weights === undefined ? 1 : (weights[position] as number)
    if (isCounted) missedWeight += weight
    entries.put(key, weight, 1)
  }
  entries.verify()
  return { hits, misses: Math.max(0, keys.length - warmUp) - hits, missedWeight }
}

/** Entries under whole numbers up to 2^53, without values: the cache of a replay, and of the simulator. */
export function createEntries(
  { policy, values }: EvictionChoice,
  capacity: number,
  { seed = 1, ...others }: Pick<EntriesOptions, 'onEvict' | 'nextUse'> & { readonly seed?: number } = {},
): Entries {
  const random = new Stream(seed, 0, 'eviction')
  return new Entries({ capacity, evictor: (slots) => policy.create(values, slots), random, ...others })
}

/** For each position the next one with the same key, or Infinity. */
function nextUses(keys: ArrayLike<number>): Float64Array {
  const next = new Float64Array(keys.length)
  const later = new Map<number, number>()
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i] as number
    next[i] = later.get(key) ?? Number.POSITIVE_INFINITY
    later.set(key, i)
  }
  return next
}
