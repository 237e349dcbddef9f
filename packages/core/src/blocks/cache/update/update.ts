import type { Definition } from '../../../support/definition.ts'
import type { Params, Values } from '../../../support/params.ts'
import type { WriteBehindValues } from './write-behind-params.ts'

/**
 * One trip of a flow, to the cache or to the origin behind it.
 *
 * - `ask`: an operation of the cache that does nothing but begin
 * - `get`: the cache looks the key up; a hit ends the flow
 * - `put`: the cache takes in what the origin has answered
 * - `delete`: the cache forgets the key
 * - `load`: what is missing is read from the origin; a failure ends the flow
 * - `forward`: the origin is sent the call as it is; a failure ends the flow
 * - `buffer`: the cache takes in what is written, and keeps it to be written to the origin later
 *
 * Who makes it decides what it costs. The caller's trip to the cache is an operation of its own, which waits for a
 * worker; his trip to the origin leaves the cache free. What the cache does itself is part of the operation it is at:
 * no work of its own, and a limited worker stays held while the origin is asked.
 */
export interface Trip {
  readonly trip: 'ask' | 'get' | 'put' | 'delete' | 'load' | 'forward' | 'buffer'
  readonly by: 'caller' | 'cache'
}

/** In which order a cache and the origin behind it are read and written. */
export interface Update<P extends Params = Params> extends Definition<P> {
  readonly read: readonly Trip[]
  readonly write: readonly Trip[]
  /** Share of its time to live after which a hit makes the cache load an entry again, before it expires. */
  ahead?(values: Values<P>): number
  /** How what `buffer` keeps reaches the origin. */
  behind?(values: Values<P>): WriteBehindValues
}

export function update<P extends Params>(definition: Update<P>): Update<P> {
  return definition
}

/** What is neither read nor write passes by. */
export const passingBy: readonly Trip[] = [{ trip: 'forward', by: 'caller' }]

/** What these trips leave of the entry of their key in a cache; null if they do not touch it. */
export function leavesOf(trips: readonly Trip[]): 'entry' | 'nothing' | null {
  if (trips.some(({ trip }) => trip === 'put' || trip === 'buffer')) return 'entry'
  return trips.some(({ trip }) => trip === 'delete') ? 'nothing' : null
}

/** Whether a trip costs the cache an operation. */
export function isOperation({ trip, by }: Trip): boolean {
  return by === 'caller' && trip !== 'load' && trip !== 'forward'
}
