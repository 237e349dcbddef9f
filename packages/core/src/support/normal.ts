import { exp, ln } from './elementary.ts'

const ratio = (numerator: readonly number[], denominator: readonly number[], x: number): number => {
  let above = 0
  let below = 0
  for (let i = numerator.length - 1; i >= 0; i -= 1) {
    above = above * x + (numerator[i] as number)
    below = below * x + (denominator[i] as number)
  }
  return above / below
}

const centre = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
]
const centreBelow = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
]
const shoulder = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
]
const shoulderBelow = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]
const tail = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const tailBelow = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
  1.421511758316446e-7, 2.0442631033899397e-15,
]

/**
 * The value that a standard normal variable stays below with probability `p`; relative error about 1e-16.
 * -Infinity at 0, Infinity at 1. Source: M. J. Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37(3), 1988.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(centre, centreBelow, 0.180625 - q * q)
  const side = q < 0 ? p : 1 - p
  if (side <= 0) return side < 0 ? NaN : q < 0 ? -Infinity : Infinity
  const r = Math.sqrt(-ln(side))
  const size = r <= 5 ? ratio(shoulder, shoulderBelow, r - 1.6) : ratio(tail, tailBelow, r - 5)
  return q < 0 ? -size : size
}

const inverseSqrtTwoPi = 0.3989422804014327

/**
 * Probability that a standard normal variable is below `x`; relative error about 1e-14 in both tails. Near the centre
 * G. Marsaglia's series (Journal of Statistical Software 11(4), 2004), in the tails Laplace's continued fraction.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN
  const size = Math.abs(x)
  if (size > 38.5) return x < 0 ? 0 : 1
  const density = inverseSqrtTwoPi * exp(-0.5 * x * x)
  if (size < 2.5) {
    let term = x
    let sum = x
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) {
      term *= (x * x) / k
      sum += term
    }
    return 0.5 + density * sum
  }
  let fraction = size
  for (let k = 120; k >= 1; k -= 1) fraction = size + k / fraction
  return x < 0 ? density / fraction : 1 - density / fraction
}
