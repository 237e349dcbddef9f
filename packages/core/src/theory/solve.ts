/** Where a decreasing function of t >= 0 falls to `level`, by bisection to the last bits. */
export function whereFallsTo(level: number, tail: (t: number) => number): number {
  if (tail(0) <= level) return 0
  let low = 0
  let high = 1
  while (tail(high) > level) {
    low = high
    high *= 2
  }
  for (;;) {
    const middle = low + (high - low) / 2
    if (middle <= low || middle >= high) return high
    if (tail(middle) > level) low = middle
    else high = middle
  }
}
