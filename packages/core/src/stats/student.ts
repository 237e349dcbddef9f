import { exp, ln } from '../support/elementary.ts'
import { normalQuantile } from '../support/normal.ts'

/** ln of the gamma function for x > 0: Stirling's series, after stepping up to where it is exact to 1e-15. */
function lnGamma(x: number): number {
  let shift = 1
  let z = x
  while (z < 12) {
    shift *= z
    z += 1
  }
  const square = 1 / (z * z)
  const series =
    1 / 12 -
    square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360360)))))
  return (z - 0.5) * ln(z) - z + 0.9189385332046728 + series / z - ln(shift)
}

/**
 * Regularised incomplete beta function I_x(a, b), for 0 <= x <= 1 and a, b > 0; relative error about 1e-13.
 * Source: the continued fraction of NIST's Digital Library of Mathematical Functions 8.17.22, by Lentz's method.
 */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const tiny = 1e-300
  const keep = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / keep(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / keep(1 + even * d)
    c = keep(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / keep(1 + odd * d)
    c = keep(1 + odd / c)
    const step = d * c
    fraction *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return (exp(a * ln(x) + b * ln(1 - x) + lnGamma(a + b) - lnGamma(a) - lnGamma(b)) * fraction) / a
}

/** Probability that Student's t with `freedom` degrees of freedom (any number above 0) exceeds `t >= 0`. */
function upperTail(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
}

function nearNormal(z: number, freedom: number): number {
  const square = z * z
  const first = (square + 1) / 4
  const second = ((5 * square + 16) * square + 3) / 96
  const third = (((3 * square + 19) * square + 17) * square - 15) / 384
  const fourth = ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
  return z * (1 + (first + (second + (third + fourth / freedom) / freedom) / freedom) / freedom)
}

/**
 * The value that Student's t with `freedom` degrees of freedom stays below with probability `p`; relative error about
 * 1e-10. `freedom` is any number above 0; from 1000 on by the expansion about the normal quantile (M. Abramowitz and
 * I. A. Stegun, Handbook of Mathematical Functions, 26.7.5), below by the root of the incomplete beta function.
 */
export function studentQuantile(p: number, freedom: number): number {
  if (!(freedom > 0) || !(p >= 0 && p <= 1)) return NaN
  if (p === 0.5) return 0
  if (p < 0.5) return -studentQuantile(1 - p, freedom)
  if (p === 1) return Infinity
  if (freedom >= 1000) return nearNormal(normalQuantile(p), freedom)
  const found = known.of(p, freedom)
  if (found !== undefined) return found
  const quantile = rootOfTail(p, freedom)
  known.add(p, freedom, quantile)
  return quantile
}

/** Quantiles found lately: of thousands of intervals of one answer, all have the same confidence and freedom. */
const known = {
  most: 64,
  quantiles: new Map<string, number>(),
  of(p: number, freedom: number) {
    return this.quantiles.get(`${p} ${freedom}`)
  },
  add(p: number, freedom: number, quantile: number) {
    if (this.quantiles.size >= this.most) this.quantiles.clear()
    this.quantiles.set(`${p} ${freedom}`, quantile)
  },
}

function rootOfTail(p: number, freedom: number): number {
  const tail = 1 - p
  let low = 0
  let high = Math.max(2, normalQuantile(p))
  while (upperTail(high, freedom) > tail) {
    low = high
    high *= 2
  }
  // Secant steps in the logarithm of the tail, kept inside the bracket (Illinois variant of the regula falsi).
  let atLow = ln(upperTail(low, freedom) / tail)
  let atHigh = ln(upperTail(high, freedom) / tail)
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step += 1) {
    const middle = atLow === atHigh ? (low + high) / 2 : low + ((high - low) * atLow) / (atLow - atHigh)
    const here = ln(upperTail(middle, freedom) / tail)
    if (here === 0 || middle <= low || middle >= high) return middle
    if (here > 0) {
      low = middle
      atLow = here
      atHigh /= 2
    } else {
      high = middle
      atHigh = here
      atLow /= 2
    }
  }
  return (low + high) / 2
}
