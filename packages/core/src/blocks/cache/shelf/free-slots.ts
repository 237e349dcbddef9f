/** The slots that nobody has: those given back, and all that have never been used. */
export class FreeSlots {
  /** Slots from here on have never been used. */
  begun = 0
  private slots: number
  private spare: Int32Array
  private spareCount = 0

  constructor(slots: number) {
    this.slots = slots
    this.spare = new Int32Array(slots)
  }

  /** Slots that somebody has. */
  get taken(): number {
    return this.begun - this.spareCount
  }

  /** A slot for somebody; -1 if there is none left. */
  take(): number {
    if (this.spareCount > 0) return this.spare[--this.spareCount] as number
    return this.begun < this.slots ? this.begun++ : -1
  }

  giveBack(slot: number): void {
    this.spare[this.spareCount++] = slot
  }

  /** Nobody has any. */
  clear(): void {
    this.begun = 0
    this.spareCount = 0
  }

  /** Only when there is none left. */
  grow(slots: number): void {
    this.slots = slots
    this.spare = new Int32Array(slots)
  }
}
