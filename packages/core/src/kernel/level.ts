/** A number that changes in steps, and its integral over time: queue lengths, cores in use, requests inside. */
export class Level {
  value = 0
  /** Largest value so far. */
  max = 0
  private area = 0
  private sinceMs = 0

  /** Adds `change` at `nowMs`. */
  add(change: number, nowMs: number): void {
    this.area += this.value * (nowMs - this.sinceMs)
    this.sinceMs = nowMs
    this.value += change
    if (this.value > this.max) this.max = this.value
  }

  /** The integral of the value from 0 to `nowMs`, in units × ms. */
  areaAt(nowMs: number): number {
    return this.area + this.value * (nowMs - this.sinceMs)
  }
}
