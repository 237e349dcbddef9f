/** Something used up by being held: cores, workers, connections. */
export interface Resource {
  readonly name: string
  /**
   * Room for what is kept, or for calls of which a bulkhead refuses any more: twice the load does not fill it twice as much,
   * so it has no load at which it is full.
   */
  readonly isRoom?: true
  readonly capacity: number
  /** Integral of the amount in use, in units × ms. */
  areaAt(nowMs: number): number
  /**
   * Work begun so far, in units × ms, however long it takes: where it is shared, more is begun than can be done. Without
   * it only what is in use is known.
   */
  workBegun?(nowMs: number): number
}

/** A place to wait. */
export interface Queue {
  readonly name: string
  areaAt(nowMs: number): number
  length(): number
  max(): number
  /** Calls so far that came and were not served: those that wait, those turned away, those that left the line. */
  unserved?(): number
}

/** A count of its own that a block keeps: hits, misses, bytes. */
export interface Counter {
  readonly name: string
  /** @param nowMs the time of the reading, for what is counted by time */
  read(nowMs: number): number
}
