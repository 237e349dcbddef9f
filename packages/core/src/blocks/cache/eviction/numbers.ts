/**
 * One number for each slot; whatever a slot's last key has left there is still in it. Read `of` again each time: when the
 * cache grows it is another array.
 */
export class Numbers {
  of: Float64Array

  constructor(slots: number) {
    this.of = new Float64Array(slots)
  }

  grow(slots: number): void {
    const grown = new Float64Array(slots)
    grown.set(this.of)
    this.of = grown
  }
}
