import type { LatencyHistogram } from '../stats/histogram.ts'

/** How long calls waited for a worker, over those that began work. */
export class Waits {
  /** Calls that began work, and those of them that had to wait. */
  begun = 0
  waited = 0
  totalMs = 0
  /** Kept only if somebody asks for it. */
  histogram: LatencyHistogram | null = null

  none(): void {
    this.begun++
    if (this.histogram !== null) this.histogram.record(0)
  }

  record(waitMs: number): void {
    this.begun++
    this.waited++
    this.totalMs += waitMs
    if (this.histogram !== null) this.histogram.record(waitMs)
  }
}
