import type { RateLimiter } from './rate-limit.ts'

/**
 * A bucket of tokens that fills at a rate and begins full; a call takes one. It keeps the moment at which the bucket will be
 * full again instead of the tokens, so nothing is rounded. Source: the virtual scheduling algorithm of ITU-T I.371, which is
 * the continuous-state leaky bucket, too.
 */
export class Bucket implements RateLimiter {
  private readonly intervalMs: number
  private readonly spareMs: number
  private fullMs = Number.NEGATIVE_INFINITY

  /** @param capacity calls that may go at once when it is full, at least 1 */
  constructor(perSecond: number, capacity: number) {
    this.intervalMs = 1000 / perSecond
    this.spareMs = this.intervalMs * (capacity - 1)
  }

  nextMs(): number {
    return this.fullMs - this.spareMs
  }

  take(nowMs: number): void {
    this.fullMs = Math.max(this.fullMs, nowMs) + this.intervalMs
  }
}
