/** The policies by themselves: for a cache in any program, and for replaying requests without a simulation. */

export type { Entries } from '../shelf/entries.ts'
export { EvictingCache } from '../shelf/evicting-cache.ts'
export type { EvictingCacheOptions } from '../shelf/evicting-cache-options.ts'
export { chooseEviction, type EvictionChoice, type OwnEviction } from './choose.ts'
export { type EvictionInput, type EvictionName, evictions } from './index.ts'
export { type Lists, none } from './lists.ts'
export type { Numbers } from './numbers.ts'
export { type Eviction, type EvictionExample, type Evictor, eviction, type Slots } from './policy.ts'
export { createEntries, type ReplayOptions, type ReplayResult, replay } from './replay.ts'
