import type { Inputs, Params } from '../../../support/params.ts'
import { registry } from '../../../support/registry.ts'
import { arc } from './arc.ts'
import { belady } from './belady.ts'
import { clock } from './clock.ts'
import { fifo } from './fifo.ts'
import { lfu } from './lfu.ts'
import { lfuDa } from './lfu-da.ts'
import { lirs } from './lirs.ts'
import { lru } from './lru.ts'
import { mru } from './mru.ts'
import { perfectLfu } from './perfect-lfu.ts'
import type { Eviction } from './policy.ts'
import { random } from './random.ts'
import { s3Fifo } from './s3-fifo.ts'
import { sieve } from './sieve.ts'
import { twoQueue } from './two-queue.ts'
import { wTinylfu } from './w-tinylfu.ts'

/** From the simplest to the most elaborate, the bounds last. */
const members = [
  ...[lru, fifo, clock, sieve, s3Fifo, twoQueue, arc, lirs, wTinylfu],
  ...[lfu, lfuDa, mru, random, perfectLfu, belady],
] as const

export const evictions = registry<Eviction>('eviction policy', members)

type Member = (typeof members)[number]

/** The word for a policy, in designs and in programs. */
export type EvictionName = Member['name']

/** A policy as one writes it in a program: its name, or `{ type: 'two-queue', in: '20%' }`. */
export type EvictionInput = {
  [N in EvictionName]: N | ({ readonly type: N } & InputsOf<Extract<Member, { readonly name: N }>>)
}[EvictionName]

type InputsOf<M> = M extends { readonly params: infer P extends Params } ? Inputs<P> : never
