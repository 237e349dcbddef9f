/**
 * Use of something of which there is more at some times than at others: the integral of the share in use, times a nominal
 * capacity. Divided by that capacity and the time, it is the mean utilization, as it is for a constant capacity.
 */
export class ChangingCapacity {
  private readonly nominal: number
  private capacity: number
  private areaAtChange = 0
  private usedAtChange = 0

  constructor(nominal: number) {
    this.nominal = nominal
    this.capacity = nominal
  }

  /** @param used what is used up to now, in units × ms, of whatever there was */
  areaAt(used: number): number {
    if (this.capacity === 0) return this.areaAtChange
    return this.areaAtChange + ((used - this.usedAtChange) * this.nominal) / this.capacity
  }

  /** From now on there is so much. */
  change(used: number, capacity: number): void {
    this.areaAtChange = this.areaAt(used)
    this.usedAtChange = used
    this.capacity = capacity
  }
}
