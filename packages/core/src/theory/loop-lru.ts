/**
 * Hit ratio of a least-recently-used cache (or FIFO, CLOCK) under requests that go `rounds` times through `objects` in
 * the same order: none if the cache is smaller than the loop, all but the first round if it is not.
 * Source: J. E. Smith and J. R. Goodman, A study of instruction cache organizations and replacement policies, 1983.
 */
export function loopLru(objects: number, capacity: number, rounds: number): number {
  return capacity >= objects ? (rounds - 1) / rounds : 0
}

/**
 * The best that any policy reaches on the same loop in the long run: (C - 1) / (N - 1). A finite run is within one round
 * of it. Source: as above, for Bélády's MIN.
 */
export function loopMinimum(objects: number, capacity: number): number {
  return capacity >= objects ? 1 : Math.max(0, capacity - 1) / (objects - 1)
}
