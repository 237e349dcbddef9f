/*
 * The reductions, the polynomials and their coefficients are those of fdlibm (e_log.c, e_exp.c), as FreeBSD's msun
 * carries them:
 *
 * ====================================================
 * Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved.
 *
 * Permission to use, copy, modify, and distribute this
 * software is freely granted, provided that this notice
 * is preserved.
 * ====================================================
 *
 * `pow` is our own: the logarithm and the product in double-double arithmetic (T. J. Dekker, "A floating-point technique
 * for extending the available precision", Numerische Mathematik 18, 1971), then fdlibm's exponential.
 *
 * Why they are here: ECMAScript leaves the last bits of Math.log, Math.exp and Math.pow to the engine; these are built
 * from operations that IEEE 754 defines exactly, so a result is the same byte for byte wherever it is computed.
 */

const double = new Float64Array(1)
const word = new Int32Array(double.buffer)
double[0] = 1
const high = word[1] === 0x3ff00000 ? 1 : 0

const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const twoTo54 = 18014398509481984

/** 2^(i - 1074), for i up to 2097: a look-up is faster than the reading of two words just written as one number. */
const powersOfTwo = new Float64Array(2098)
for (let i = 0, power = 5e-324; i < powersOfTwo.length; i += 1, power *= 2) powersOfTwo[i] = power

/**
 * Natural logarithm of `x`; error below one unit in the last place. NaN below zero, -Infinity at zero.
 * Source: fdlibm e_log.c.
 */
export function ln(x: number): number {
  double[0] = x
  let scaled = x
  let bits = word[high] as number
  let exponent = 0
  if (bits < 0x00100000) {
    if (x === 0) return -Infinity
    if (bits < 0) return NaN
    scaled = x * twoTo54
    double[0] = scaled
    bits = word[high] as number
    exponent = -54
  }
  if (bits >= 0x7ff00000) return x
  const octave = (bits >> 20) - 1023
  bits &= 0xfffff
  // Halve the mantissa where it is above the square root of two, so that it lies around one.
  const carry = (bits + 0x95f64) & 0x100000
  const shift = octave + (carry >> 20)
  exponent += shift
  const f = scaled * (powersOfTwo[1074 - shift] as number) - 1
  if ((0xfffff & (2 + bits)) < 3) return lnNearOne(f, exponent)
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const odd = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const rest = even + odd
  // One form for all: fdlibm's shorter forms save less than a mispredicted branch costs, and are no more exact.
  const half = 0.5 * f * f
  return exponent * ln2High - (half - (s * (half + rest) + exponent * ln2Low) - f)
}

/** ln(2^exponent * (1 + f)) for |f| < 2^-20. */
function lnNearOne(f: number, exponent: number): number {
  if (f === 0) return exponent === 0 ? 0 : exponent * ln2High + exponent * ln2Low
  const rest = f * f * (0.5 - 0.3333333333333333 * f)
  if (exponent === 0) return f - rest
  return exponent * ln2High - (rest - exponent * ln2Low - f)
}

/**
 * e to the power of `x`; error below one unit in the last place. Infinity above 709.78, 0 below -745.13.
 * Source: fdlibm e_exp.c.
 */
export function exp(x: number): number {
  return expOfSum(x, 0)
}

/** exp(x + tail), where |tail| is below one unit in the last place of x. */
function expOfSum(x: number, tail: number): number {
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : NaN
  if (x < -745.1332191019411) return 0
  const magnitude = x < 0 ? -x : x
  if (magnitude < 3.725290298461914e-9) return 1 + (x + tail)
  let power = 0
  let large = x
  let small = -tail
  if (magnitude > 0.34657359027997264) {
    power = (Math.LOG2E * x + (x < 0 ? -0.5 : 0.5)) | 0
    large = x - power * ln2High
    small = power * ln2Low - tail
  }
  const r = large - small
  const t = r * r
  const c =
    r -
    t *
      (0.16666666666666602 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))))
  // The large part of the sum is kept exact, so that only the last addition rounds.
  const sum = 1 + large
  return scale(sum + (large - (sum - 1) + ((r * c) / (2 - c) - small)), power)
}

/** y * 2^power for y near one; the result may be subnormal. */
function scale(y: number, power: number): number {
  if (power === 1024) return y * 2 * (powersOfTwo[2097] as number)
  if (power >= -1022) return y * (powersOfTwo[power + 1074] as number)
  return y * (powersOfTwo[power + 1074 + 1000] as number) * (powersOfTwo[74] as number)
}

const splitter = 134217729
let productTail = 0

/** a * b, with what rounding took from it in `productTail` (Dekker's exact product; operands below 2^970). */
function product(a: number, b: number): number {
  const whole = a * b
  const aScaled = splitter * a
  const aHigh = aScaled - (aScaled - a)
  const aLow = a - aHigh
  const bScaled = splitter * b
  const bHigh = bScaled - (bScaled - b)
  const bLow = b - bHigh
  productTail = aLow * bLow - (whole - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
  return whole
}

const ln2Tail = 2.3190468138462996e-17
const twoThirdsTail = 3.700743415417188e-17
let lnTail = 0

/** ln(x) for a positive finite x as a sum: the head is returned, the tail is left in `lnTail`; about 2^-64 in all. */
function lnInTwoParts(x: number): number {
  double[0] = x
  let exponent = 0
  if ((word[high] as number) < 0x00100000) {
    double[0] = x * twoTo54
    exponent = -54
  }
  const bits = word[high] as number
  const carry = ((bits & 0xfffff) + 0x95f64) & 0x100000
  exponent += (bits >> 20) - 1023 + (carry >> 20)
  word[high] = (bits & 0xfffff) | (carry ^ 0x3ff00000)
  const m = double[0] as number
  // s = (m - 1) / (m + 1) and ln m = 2 s + (2/3) s^3 + s^5 (2/5 + ...): the first two terms in double-double.
  const above = m - 1
  const below = m + 1
  const belowTail = m - (below - 1)
  const s = above / below
  const back = product(s, below)
  const sTail = (above - back - productTail - s * belowTail) / below
  const square = product(s, s)
  const squareTail = productTail + 2 * s * sTail
  const cube = product(square, s)
  const cubeTail = productTail + square * sTail + squareTail * s
  const third = product(cube, 2 / 3)
  const thirdTail = productTail + cubeTail * (2 / 3) + cube * twoThirdsTail
  const rest = cube * square * seriesFromFifth(square)
  const log2 = product(exponent, Math.LN2)
  const log2Tail = productTail + exponent * ln2Tail
  const first = log2 + 2 * s
  const firstTail = sumTail(log2, 2 * s, first)
  const second = first + third
  const tail = sumTail(first, third, second) + firstTail + (rest + thirdTail + 2 * sTail + log2Tail)
  const head = second + tail
  lnTail = tail - (head - second)
  return head
}

/** What rounding took from a + b = sum (Knuth's exact sum). */
function sumTail(a: number, b: number, sum: number): number {
  const bPart = sum - a
  return a - (sum - bPart) + (b - bPart)
}

/** 2/5 + 2/7 z + 2/9 z^2 + ..., for z <= 0.0295: fifteen terms are below 2^-70. */
function seriesFromFifth(z: number): number {
  let sum = 0
  for (let divisor = 33; divisor >= 5; divisor -= 2) sum = sum * z + 2 / divisor
  return sum
}

/**
 * `x` to the power of `y`, with the special cases of Math.pow; error below one unit in the last place, exact where the
 * result is a whole number below 2^53.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (y === 1 || Number.isNaN(x)) return x
  if (y === 2) return x * x
  if (y === -1) return 1 / x
  if (Number.isNaN(y) || x === Infinity || x === -Infinity || x === 0 || y === Infinity || y === -Infinity)
    return powLimit(x, y)
  if (x === 1) return 1
  if (x > 0) return powPositive(x, y)
  if (y !== Math.floor(y)) return NaN
  const size = x === -1 ? 1 : powPositive(-x, y)
  return y % 2 === 0 ? size : -size
}

function powPositive(x: number, y: number): number {
  if (y === 0.5) return Math.sqrt(x)
  const size = y < 0 ? -y : y
  const head = lnInTwoParts(x)
  if (size > 1e22) return head > 0 === y > 0 ? Infinity : 0
  if (size < 1e-300) return 1
  const tail = lnTail
  const main = product(head, y)
  const small = productTail + tail * y
  if (main > 710) return Infinity
  if (main < -746) return 0
  const sum = main + small
  return expOfSum(sum, small - (sum - main))
}

/** Where an operand is zero, infinite or not a number. */
function powLimit(x: number, y: number): number {
  if (Number.isNaN(y)) return NaN
  const size = x < 0 ? -x : x
  if (y === Infinity || y === -Infinity) {
    if (size === 1) return NaN
    return size > 1 === y > 0 ? Infinity : 0
  }
  const grows = size > 1 === y > 0
  const odd = Math.abs(y) % 2 === 1
  const negative = odd && (x < 0 || 1 / x < 0)
  const result = grows ? Infinity : 0
  return negative ? -result : result
}
