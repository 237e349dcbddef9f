import { Stream } from '../../../kernel/random.ts'
import type { Chosen } from '../../../support/params.ts'
import { Entries, type EntriesOptions } from '../shelf/entries.ts'
import { KeyTable } from '../shelf/key-table.ts'
import { chooseEviction, type EvictionChoice, type OwnEviction } from './choose.ts'
import { functionIfGiven, onlyKnown, whole, wholes } from './given.ts'
import type { EvictionInput } from './index.ts'

export interface ReplayOptions {
  /** Requests at the beginning that fill the cache and are not counted; at most all. */
  readonly warmUp?: number | undefined
  /**
   * Weight of each request's object, by position: whole numbers from 1; 1 for all if absent. What is in keeps the weight
   * with which it came.
   */
  readonly weights?: ArrayLike<number> | undefined
  /** Seed of the random numbers of random policies; a whole number. */
  readonly seed?: number | undefined
  /** Told the key of everything that is evicted, or that the policy does not let in. */
  readonly onEvict?: ((key: number) => void) | undefined
}

const known = ['warmUp', 'weights', 'seed', 'onEvict'] satisfies (keyof ReplayOptions)[]

export interface ReplayResult {
  readonly hits: number
  readonly misses: number
  /** Σ weight of the requests that missed. */
  readonly missedWeight: number
}

/**
 * Runs a sequence of keys (whole numbers, at most 2^53 - 1 away from 0) through an eviction policy, each miss brought in at
 * once: no time, no simulation. Policies that need the future are given it.
 * @param capacity entries, or units of `weights`: a whole number from 1
 * @throws TypeError or RangeError that names the argument, for a key or a weight its index, and says what it must be
 */
export function replay(
  chosen: Chosen | EvictionInput | OwnEviction,
  capacity: number,
  keys: ArrayLike<number>,
  options: ReplayOptions = {},
): ReplayResult {
  const choice = chooseEviction(chosen)
  const { warmUp, weights, seed, onEvict } = checkArguments(capacity, keys, options)
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
  return { hits, misses: keys.length - warmUp - hits, missedWeight }
}

function checkArguments(capacity: number, keys: ArrayLike<number>, options: ReplayOptions) {
  whole('capacity', capacity)
  const { length } = wholes('keys', keys, Number.MIN_SAFE_INTEGER)
  onlyKnown(options, known, 'such as { warmUp: 1000 }')
  const { warmUp = 0, weights, seed = 1, onEvict } = options
  if (whole('warmUp', warmUp, 0) > length)
    throw new RangeError(`warmUp: must be at most ${length}, the number of keys; it is ${warmUp}`)
  whole('seed', seed, Number.MIN_SAFE_INTEGER)
  functionIfGiven('onEvict', onEvict, 'such as (key) => {}')
  if (weights !== undefined && wholes('weights', weights, 1).length !== length)
    throw new RangeError(`weights: must be ${length}, one for each key; there are ${weights.length}`)
  return { warmUp, weights, seed, onEvict }
}

/**
 * Entries under whole numbers up to 2^53, without values: the cache of a replay, and of the simulator. Made to be quick: keys,
 * weights and capacity are taken as they come.
 * @throws TypeError if the policy needs to know the future, and `nextUse` does not tell it
 */
export function createEntries(
  { policy, values }: EvictionChoice,
  capacity: number,
  { seed = 1, ...others }: Pick<EntriesOptions, 'onEvict' | 'nextUse'> & { readonly seed?: number } = {},
): Entries {
  if (policy.needs?.includes('future') && others.nextUse === undefined)
    throw new TypeError(`policy: \`${policy.name}\` needs to know the future; give \`nextUse\`, or use \`replay\``)
  const random = new Stream(seed, 0, 'eviction')
  return new Entries({ capacity, evictor: (slots) => policy.create(values, slots), random, ...others })
}

/** For each position the next one with the same key, or Infinity. */
function nextUses(keys: ArrayLike<number>): Float64Array {
  const next = new Float64Array(keys.length)
  // A `Map` has no room for more than 2^24 keys.
  const later = new KeyTable()
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i] as number
    const position = later.find(key)
    next[i] = position < 0 ? Number.POSITIVE_INFINITY : position
    later.set(key, i)
  }
  return next
}
