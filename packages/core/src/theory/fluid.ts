/** How long a buffer of this size lasts when more flows in than out; Infinity if it never fills. */
export function timeToFill(inflow: number, outflow: number, buffer: number): number {
  return inflow > outflow ? buffer / (inflow - outflow) : Infinity
}

export interface Burst {
  /** The largest backlog. */
  readonly backlog: number
  /** From the end of the burst until the backlog is gone. */
  readonly drainTime: number
  /** The longest that a customer waits, first come first served. */
  readonly longestDelay: number
}

/**
 * A burst of `burstRate` for `duration` meets `capacity`; afterwards `baseRate` goes on arriving. Work as a fluid: no
 * random, exact for steady flows and close for large ones.
 * Source: L. Kleinrock, Queueing Systems, vol. 2, Wiley, 1976, ch. 2.7.
 */
export function burst(burstRate: number, duration: number, capacity: number, baseRate: number): Burst {
  const backlog = Math.max(0, burstRate - capacity) * duration
  const drainTime = backlog === 0 ? 0 : baseRate < capacity ? backlog / (capacity - baseRate) : Infinity
  return { backlog, drainTime, longestDelay: backlog / capacity }
}
