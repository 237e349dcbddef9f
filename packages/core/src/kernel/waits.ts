import { LatencyHistogram } from '../stats/histogram.ts'

/** How long calls waited in one line, for a worker or for a connection, over those that got it. */
export class Waits {
  /** Calls that got what they requested, and those of them that had to wait. */
  begun = 0
  waited = 0
  totalMs = 0
  /** Kept only if somebody requests it. */
  histogram: LatencyHistogram | null = null

  keepHistogram(): void {
    this.histogram = new LatencyHistogram()
  }

  none(): void {
    this.begun++
    if (this.histogram !== null) this.histogram.record(0)
  }

  /** A wait of 0 s is none: the call got what it requested at the moment of its arrival. */
  record(waitMs: number): void {
    if (waitMs === 0) {
      this.none()
      return
    }
    this.begun++
    this.waited++
    this.totalMs += waitMs
    if (this.histogram !== null) this.histogram.record(waitMs)
  }
}
