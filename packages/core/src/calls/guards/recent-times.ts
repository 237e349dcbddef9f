/** How many times are remembered, and after how many new ones the percentile is computed again. */
export const remembered = 1024
const renewedEvery = 64

/** A percentile of the last times, computed again after every 64 of them: after which time a call is unusually late. */
export class RecentTimes {
  private readonly quantile: number
  private readonly times = new Float64Array(remembered)
  private count = 0
  private valueMs = Number.POSITIVE_INFINITY

  /** @param quantile between 0 and 1 */
  constructor(quantile: number) {
    this.quantile = quantile
  }

  /** The percentile, ms; Infinity until enough times are known. */
  get ms(): number {
    return this.valueMs
  }

  add(tookMs: number): void {
    this.times[this.count++ % remembered] = tookMs
    if (this.count % renewedEvery !== 0) return
    const sorted = this.times.slice(0, Math.min(this.count, remembered)).sort()
    this.valueMs = sorted[Math.min(sorted.length - 1, Math.floor(this.quantile * sorted.length))] as number
  }
}
