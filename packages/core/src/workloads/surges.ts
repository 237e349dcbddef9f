/** The surges of a source at a moment: what its rate is multiplied by, and how its requests divide into kinds. */
export class Surges {
  /** Share of each kind where nothing surges. */
  private readonly shares: readonly number[]
  private readonly active: { readonly kind: number; readonly factor: number }[] = []

  /** @param cumulative of each kind, the share of those up to it */
  constructor(cumulative: readonly number[]) {
    this.shares = cumulative.map((upTo, i) => upTo - (cumulative[i - 1] ?? 0))
  }

  /** @param kind its position; -1 for all @returns what ends it */
  begin(kind: number, factor: number): () => void {
    const own = { kind, factor }
    this.active.push(own)
    return () => void this.active.splice(this.active.indexOf(own), 1)
  }

  /** Requests of each kind, relative to those of all kinds where nothing surges. */
  private weights(): readonly number[] {
    return this.shares.map((share, i) =>
      this.active.reduce((weight, { kind, factor }) => (kind < 0 || kind === i ? weight * factor : weight), share),
    )
  }

  /** What the rate of the source is multiplied by. */
  get factor(): number {
    return this.weights().reduce((sum, weight) => sum + weight, 0)
  }

  /** The share of the kinds up to each. */
  get cumulative(): readonly number[] {
    const total = this.factor
    let sum = 0
    return this.weights().map((weight) => {
      sum += weight
      return sum / total
    })
  }
}
