import type { Call } from '../../../kernel/call.ts'
import type { Worker } from '../../worker.ts'
import { type Flight, Flights } from '../flow/single-flight.ts'
import type { CacheValues } from '../params.ts'
import type { WriteBehind } from '../processes/write-behind.ts'
import { Dependents } from './dependents.ts'
import type { Shelf } from './shelf.ts'

/** One node of a cache: what it holds, what it is loading, what it has still to write. */
export class CacheNode {
  readonly worker: Worker
  readonly shelf: Shelf
  readonly flights: Flights | null
  /** Look-ups that found what they looked for, and those that did not. */
  hits = 0
  misses = 0
  /** Set where writes reach the origin later. */
  behind: WriteBehind | null = null
  /** Set where a change evicts more than the entry of its own key. */
  readonly dependents: Dependents | null
  /** Entries that are loaded in the background; true for those that have changed since, and must be loaded once more. */
  readonly renewing = new Map<number, boolean>()

  constructor(worker: Worker, shelf: Shelf, values: CacheValues) {
    this.worker = worker
    this.shelf = shelf
    this.flights = values['single-flight'] === 'per-key' ? new Flights() : null
    const by = values.invalidation?.by ?? 'key'
    this.dependents = by === 'key' ? null : new Dependents(by)
  }

  /** The load that this call makes for itself and others. */
  ledBy(call: Call): Flight | null {
    const flight = this.flights?.of(call.key) ?? null
    return flight?.leader === call ? flight : null
  }

  /** Drops all entries. Loads and writes under way go on. */
  empty(): void {
    this.shelf.clear()
    this.dependents?.clear()
  }

  /** A crash: what it held is gone, and so is what it had acknowledged. */
  forget(): void {
    this.empty()
    this.flights?.clear()
    this.behind?.crash()
    this.renewing.clear()
  }
}
