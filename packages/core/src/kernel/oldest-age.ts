/** The age of the oldest of those that wait, its integral over time, and its largest value since it was last taken; 0 while nobody waits. */
export class OldestAge {
  private sinceMs = Number.POSITIVE_INFINITY
  private readAtMs = 0
  private area = 0
  private most = 0

  /** To be called whenever another one may be the oldest. `sinceMs`: since when that one waits, Infinity if nobody does. */
  note(sinceMs: number, nowMs: number): void {
    if (sinceMs === this.sinceMs) return
    this.advance(nowMs)
    this.sinceMs = sinceMs
  }

  ageAt(nowMs: number): number {
    return this.sinceMs < nowMs ? nowMs - this.sinceMs : 0
  }

  /** The integral of the age from 0 to `nowMs`, ms². */
  areaAt(nowMs: number): number {
    this.advance(nowMs)
    return this.area
  }

  /** The largest age since this was last called, ms: what comes next begins with the age of now. */
  takeMax(nowMs: number): number {
    this.advance(nowMs)
    const { most } = this
    this.most = this.ageAt(nowMs)
    return most
  }

  private advance(nowMs: number): void {
    const [before, after] = [this.ageAt(this.readAtMs), this.ageAt(nowMs)]
    // The age grows with time from the moment at which the oldest of now was the oldest.
    this.area += ((before + after) / 2) * (nowMs - this.readAtMs)
    if (after > this.most) this.most = after
    this.readAtMs = nowMs
  }
}
