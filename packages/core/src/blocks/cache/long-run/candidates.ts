const single = new Float32Array(1)
const singleBits = new Uint32Array(single.buffer)
/** Digits of the sort: a rank of 32 bits has three. */
const [digitBits, digits] = [11, 3]

/** Of all entries those that are there, unless others need the room. */
export class Candidates {
  /** Ranks as whole numbers that are in the same order. */
  private ranks = new Uint32Array(1024)
  entries = new Float64Array(1024)
  weights = new Float64Array(1024)
  born = new Float64Array(1024)
  expires = new Float64Array(1024)
  count = 0

  /** @param rank 0 or more: the lowest come first, those with the same as they were added */
  add(rank: number, entry: number, weight: number, bornMs: number, expiresMs: number): void {
    const at = this.count++
    if (at === this.entries.length) this.grow()
    // Positive single numbers are in the order of their bits.
    single[0] = rank
    this.ranks[at] = singleBits[0] as number
    this.entries[at] = entry
    this.weights[at] = weight
    this.born[at] = bornMs
    this.expires[at] = expiresMs
  }

  /** The candidates by rank: sorted digit by digit, which takes time in proportion to their number. */
  sorted(): Int32Array {
    const { ranks, count } = this
    let from = Int32Array.from({ length: count }, (_, at) => at)
    let to = new Int32Array(count)
    const starts = new Int32Array(1 << digitBits)
    for (let digit = 0; digit < digits; digit++) {
      const shift = digit * digitBits
      starts.fill(0)
      for (let at = 0; at < count; at++) {
        const value = digitOf(ranks[at] as number, shift)
        starts[value] = (starts[value] as number) + 1
      }
      let before = 0
      for (let value = 0; value < starts.length; value++) {
        const here = starts[value] as number
        starts[value] = before
        before += here
      }
      for (let place = 0; place < count; place++) {
        const at = from[place] as number
        const value = digitOf(ranks[at] as number, shift)
        const free = starts[value] as number
        to[free] = at
        starts[value] = free + 1
      }
      ;[from, to] = [to, from]
    }
    return from
  }

  rankOf(candidate: number): number {
    singleBits[0] = this.ranks[candidate] as number
    return single[0] as number
  }

  private grow(): void {
    const larger = <A extends Float64Array | Uint32Array>(array: A, grown: A) => {
      grown.set(array)
      return grown
    }
    const size = this.entries.length * 2
    this.ranks = larger(this.ranks, new Uint32Array(size))
    this.entries = larger(this.entries, new Float64Array(size))
    this.weights = larger(this.weights, new Float64Array(size))
    this.born = larger(this.born, new Float64Array(size))
    this.expires = larger(this.expires, new Float64Array(size))
  }
}

function digitOf(rank: number, shift: number): number {
  return (rank >>> shift) & ((1 << digitBits) - 1)
}
