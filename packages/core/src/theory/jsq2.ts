/**
 * Mean response of two servers of rate 1 where each customer joins the shorter queue (ties at random). Poisson arrivals
 * at `load` per server, exponential service, first come first served. The Markov chain of the two lengths, cut at
 * `limit` customers in the longer queue and solved exactly by state reduction, which adds and never subtracts.
 * Sources: L. Flatto and H. P. McKean, Two queues in parallel, 1977; W. K. Grassmann, M. I. Taksar, D. P. Heyman,
 * Regenerative analysis and steady state distributions for Markov chains, Operations Research 33, 1985.
 */
export function joinShortestOfTwo(load: number, limit = load < 0.85 ? 60 : 110): number {
  const band = limit + 2
  const width = 2 * band + 1
  const index = (short: number, long: number) => (long * (long + 1)) / 2 + short
  const states = index(limit, limit) + 1
  const rates = new Float64Array(states * width)
  const add = (from: number, to: number, rate: number) => {
    const place = from * width + (to - from) + band
    rates[place] = (rates[place] as number) + rate
  }
  for (let long = 0; long <= limit; long += 1) {
    for (let short = 0; short <= long; short += 1) {
      const here = index(short, long)
      if (short < long) add(here, index(short + 1, long), 2 * load)
      else if (long < limit) add(here, index(short, long + 1), 2 * load)
      if (short > 0) add(here, index(short - 1, long), 1)
      if (long > 0) add(here, short === long ? index(short - 1, long) : index(short, long - 1), 1)
    }
  }
  const shares = solveBanded(rates, states, band)
  let total = 0
  let inside = 0
  for (let long = 0; long <= limit; long += 1) {
    for (let short = 0; short <= long; short += 1) {
      const share = shares[index(short, long)] as number
      total += share
      inside += (short + long) * share
    }
  }
  return inside / total / (2 * load)
}

/** The stationary shares, up to a factor, of a chain whose transitions reach at most `band` states away. */
function solveBanded(rates: Float64Array, states: number, band: number): Float64Array {
  const width = 2 * band + 1
  const at = (from: number, to: number) => from * width + (to - from) + band
  for (let n = states - 1; n > 0; n -= 1) {
    const first = Math.max(0, n - band)
    let out = 0
    for (let to = first; to < n; to += 1) out += rates[at(n, to)] as number
    for (let from = first; from < n; from += 1) {
      const share = (rates[at(from, n)] as number) / out
      rates[at(from, n)] = share
      if (share === 0) continue
      for (let to = first; to < n; to += 1) {
        const place = at(from, to)
        rates[place] = (rates[place] as number) + share * (rates[at(n, to)] as number)
      }
    }
  }
  const shares = new Float64Array(states)
  shares[0] = 1
  for (let n = 1; n < states; n += 1) {
    let sum = 0
    for (let from = Math.max(0, n - band); from < n; from += 1)
      sum += (shares[from] as number) * (rates[at(from, n)] as number)
    shares[n] = sum
  }
  return shares
}
