/** Keys in the order in which they came, and Σ of their weights. */
export class WeighedKeys {
  weight = 0
  private readonly keys = new Set<number>()
  private readonly weightOf: (key: number) => number

  constructor(weightOf: (key: number) => number) {
    this.weightOf = weightOf
  }

  get size(): number {
    return this.keys.size
  }

  get first(): number | undefined {
    return this.keys.values().next().value
  }

  has(key: number): boolean {
    return this.keys.has(key)
  }

  /** Puts a key at the end, whether it is in or not. */
  append(key: number): void {
    this.take(key)
    this.keys.add(key)
    this.weight += this.weightOf(key)
  }

  /** @returns whether the key was in */
  take(key: number): boolean {
    const wasIn = this.keys.delete(key)
    if (wasIn) this.weight -= this.weightOf(key)
    return wasIn
  }

  takeFirst(): number | undefined {
    const { first } = this
    if (first !== undefined) this.take(first)
    return first
  }
}

/** Misses in requests and in Σ weight. */
export interface Missed {
  readonly misses: number
  readonly missedWeight: number
}

/** Requests every key in turn. `request` says whether it was a hit. */
export function missed(
  keys: ArrayLike<number>,
  weights: ArrayLike<number>,
  request: (key: number, weight: number) => boolean,
): Missed {
  let misses = 0
  let missedWeight = 0
  for (let i = 0; i < keys.length; i++) {
    const weight = weights[i] as number
    if (request(keys[i] as number, weight)) continue
    misses++
    missedWeight += weight
  }
  return { misses, missedWeight }
}

/** The weight of each key, which never changes. */
export function weightsByKey(keys: ArrayLike<number>, weights: ArrayLike<number>): (key: number) => number {
  const byKey = new Map(Array.from(keys, (key, i) => [key, weights[i] as number]))
  return (key) => byKey.get(key) as number
}
