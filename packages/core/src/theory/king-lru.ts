/**
 * Exact hit ratio of a least-recently-used cache of `capacity` objects, where each request is for object i with
 * probability `shares[i]`, independently: the sum over all orders that the cache can hold, of which there are
 * n! / (n - capacity)!, so for tiny cases only.
 * Source: W. F. King III, Analysis of demand paging algorithms, IFIP Congress 1971.
 */
export function kingLru(shares: readonly number[], capacity: number): number {
  const held = shares.map(() => false)
  const visit = (depth: number, probability: number, cached: number): number => {
    if (depth === capacity) return probability * cached
    let sum = 0
    for (const [i, share] of shares.entries()) {
      if (held[i]) continue
      held[i] = true
      sum += visit(depth + 1, (probability * share) / (1 - cached), cached + share)
      held[i] = false
    }
    return sum
  }
  return visit(0, 1, 0)
}
