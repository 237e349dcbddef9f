/** Where the steady state begins in a series. */
export interface WarmUp {
  /** How many leading values of the series to leave out. */
  readonly cut: number
  /** False where the cut is not in the first half: the series is too short to show its steady state. */
  readonly longEnough: boolean
}

const batch = 5
/** Values that differ by this share are the same but for the rounding of sums. */
const rounding = 1e-9

/** Value by value, the mean over replications: random error cancels, warm-up remains. */
export function averagedOver(series: readonly ArrayLike<number>[]): Float64Array {
  const length = series.length === 0 ? 0 : Math.min(...series.map((one) => one.length))
  const average = new Float64Array(length)
  for (const one of series) for (let i = 0; i < length; i += 1) average[i] = (average[i] as number) + (one[i] as number)
  for (let i = 0; i < length; i += 1) average[i] = (average[i] as number) / series.length
  return average
}

/**
 * The warm-up of a series, best averaged over replications, by MSER-5: of all cuts the one that leaves the smallest
 * standard error of the mean of what remains, in batches of five values. Cuts are tried up to the last five batches,
 * which would win by chance.
 * Source: K. P. White Jr., M. J. Cobb, S. C. Spratt, A comparison of five steady-state truncation heuristics for
 * simulation, Winter Simulation Conference 2000.
 */
export function warmUp(series: ArrayLike<number>): WarmUp {
  const batches = Math.floor(series.length / batch)
  if (batches < 10) return { cut: 0, longEnough: false }
  const means = new Float64Array(batches)
  for (let i = 0; i < batches; i += 1) {
    let sum = 0
    for (let j = 0; j < batch; j += 1) sum += series[i * batch + j] as number
    means[i] = sum / batch
  }
  let best = Infinity
  let cut = 0
  // From the end, mean and sum of squares of the tail grow one batch at a time (Welford).
  let mean = 0
  let squares = 0
  for (let start = batches - 1, size = 1; start >= 0; start -= 1, size += 1) {
    const distance = (means[start] as number) - mean
    mean += distance / size
    squares += distance * ((means[start] as number) - mean)
    const error = squares / (size * size)
    if (size >= 5 && error <= best) {
      best = error
      cut = start
    }
  }
  // Of a constant only rounding would be cut, and in a longer series no less of it.
  if (Math.sqrt(squares / batches) <= rounding * Math.abs(mean)) return { cut: 0, longEnough: true }
  return { cut: cut * batch, longEnough: cut <= batches / 2 }
}
