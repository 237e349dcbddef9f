import { describe, expect, it } from 'vitest'
import type { UniformSource } from './distributions/distribution.ts'
import { standardExponential } from './standard-exponential.ts'
import { testingSource } from './testing-source.ts'

/** Gives the numbers of a list, one after the other. */
function listed(...numbers: number[]): UniformSource & { left(): number } {
  let at = 0
  return { next: () => numbers[at++] ?? Number.NaN, left: () => numbers.length - at }
}

/** The table as the paper builds it: from the base upwards, each layer of the same area. */
const tailStart = 7.69711747013105
const area = 3.949659822581572e-3
const widths = [area / Math.exp(-tailStart), tailStart]
while (widths.length < 256) {
  const last = widths[widths.length - 1] as number
  widths.push(-Math.log(area / last + Math.exp(-last)))
}
widths.push(0)
const width = (layer: number) => widths[layer] as number
/** A uniform number that falls into `layer`, at `place` of its width. */
const numberFor = (layer: number, place: number) => (layer + place) / 256

describe('a draw of the exponential distribution', () => {
  it('rests on layers of one area that close at height 1', () => {
    for (let layer = 1; layer < 256; layer++) {
      const height = Math.exp(-width(layer + 1)) - Math.exp(-width(layer))
      expect(width(layer) * height).toBeCloseTo(area, 12)
    }
  })

  it('is the point itself where its layer lies below the curve, in every layer', () => {
    for (let layer = 0; layer < 255; layer++) {
      const place = 0.999 * (width(layer + 1) / width(layer))
      const source = listed(numberFor(layer, place))
      expect(standardExponential(source) / (place * width(layer))).toBeCloseTo(1, 11)
      expect(source.left()).toBe(0)
    }
  })

  it('begins again where the tail begins', () => {
    const beyond = numberFor(0, (1.001 * tailStart) / width(0))
    const source = listed(beyond, beyond, numberFor(7, 0.5))
    expect(standardExponential(source)).toBeCloseTo(2 * tailStart + 0.5 * width(7), 11)
    expect(source.left()).toBe(0)
  })

  it('keeps a point at the edge of its layer that is below the curve, and draws again for one above', () => {
    for (const layer of [1, 2, 40, 200, 254, 255]) {
      const x = (width(layer) + width(layer + 1)) / 2
      const [floor, ceiling] = [Math.exp(-width(layer)), Math.exp(-width(layer + 1))]
      const curve = (Math.exp(-x) - floor) / (ceiling - floor)
      const edge = numberFor(layer, x / width(layer))
      expect(standardExponential(listed(edge, 0.999 * curve))).toBeCloseTo(x, 11)
      const above = listed(edge, 1.001 * curve, numberFor(7, 0.5))
      expect(standardExponential(above)).toBeCloseTo(0.5 * width(7), 11)
      expect(above.left()).toBe(0)
    }
  })
})

describe('four million draws of the exponential distribution', () => {
  const count = 4_000_000
  const source = testingSource(1)
  const sample = Float64Array.from({ length: count }, () => standardExponential(source))
  const sorted = sample.slice().sort()
  /** Standard deviations between a count and what a binomial distribution of `share` expects. */
  const deviation = (found: number, share: number) => (found - count * share) / Math.sqrt(count * share * (1 - share))

  it('have the first four moments of the distribution, within four standard errors', () => {
    const factorials = [1, 1, 2, 6, 24, 120, 720, 5040, 40320]
    for (const power of [1, 2, 3, 4]) {
      const moment = sample.reduce((sum, x) => sum + x ** power, 0) / count
      const expected = factorials[power] as number
      const error = Math.sqrt(((factorials[2 * power] as number) - expected * expected) / count)
      expect(Math.abs(moment - expected)).toBeLessThan(4 * error)
    }
  })

  it('follow its distribution function (Kolmogorov and Smirnov, level 1e-4; Anderson and Darling, level 1e-3)', () => {
    let distance = 0
    let sum = 0
    for (let rank = 0; rank < count; rank++) {
      const [low, high] = [sorted[rank] as number, sorted[count - 1 - rank] as number]
      const below = -Math.expm1(-low)
      distance = Math.max(distance, Math.abs(below - rank / count), Math.abs(below - (rank + 1) / count))
      sum += (2 * rank + 1) * (Math.log(below) - high)
    }
    expect(distance * Math.sqrt(count)).toBeLessThan(2.23)
    expect(-count - sum / count).toBeLessThan(6)
  })

  it('have its tail, through the edge of the base layer and far beyond', () => {
    for (const x of [0.001, 0.063, 0.5, 1, 3, 5, 6.9, 7.6, 7.697, 7.7, 7.8, 9, 11, 12.5]) {
      let first = 0
      for (let step = 2 ** 21; step >= 1; step /= 2) {
        if (first + step <= count && (sorted[first + step - 1] as number) <= x) first += step
      }
      expect(Math.abs(deviation(count - first, Math.exp(-x)))).toBeLessThan(4)
    }
  })

  it('fill ten thousand equal cells evenly, and are not correlated with those before', () => {
    const cells = new Float64Array(10_000)
    let products = 0
    for (let i = 0; i < count; i++) {
      const cell = Math.floor(-Math.expm1(-(sample[i] as number)) * cells.length)
      cells[cell] = (cells[cell] as number) + 1
      if (i > 0) products += ((sample[i] as number) - 1) * ((sample[i - 1] as number) - 1)
    }
    const mean = count / cells.length
    const square = cells.reduce((sum, found) => sum + (found - mean) ** 2 / mean, 0)
    expect(Math.abs(square - (cells.length - 1)) / Math.sqrt(2 * (cells.length - 1))).toBeLessThan(4)
    expect(Math.abs(products) / Math.sqrt(count)).toBeLessThan(4)
  })
})
