import { expect, it } from 'vitest'
import { normalCdf, normalQuantile } from './normal.ts'

// References: 30-digit arithmetic.
const table: [number, number][] = [
  [1e-300, -37.0470962993612],
  [1e-100, -21.273453560965326],
  [1e-30, -11.464024688443615],
  [1e-16, -8.222082216130435],
  [1e-12, -7.034483825301132],
  [1e-9, -5.9978070150076865],
  [1e-6, -4.753424308822899],
  [0.0001, -3.7190164854556804],
  [0.001, -3.0902323061678136],
  [0.005, -2.575829303548901],
  [0.01, -2.326347874040841],
  [0.025, -1.9599639845400543],
  [0.05, -1.6448536269514726],
  [0.0749, -1.4402382675279637],
  [0.0751, -1.43882539275254],
  [0.1, -1.2815515655446004],
  [0.25, -0.6744897501960817],
  [0.4, -0.2533471031357997],
  [0.75, 0.6744897501960817],
  [0.9, 1.2815515655446006],
  [0.95, 1.6448536269514722],
  [0.975, 1.9599639845400538],
  [0.99, 2.3263478740408408],
  [0.999, 3.090232306167813],
]

it('agrees with high-precision values from tail to tail', () => {
  for (const [p, x] of table) {
    expect(Math.abs(normalQuantile(p) - x)).toBeLessThanOrEqual(5e-16 * Math.abs(x))
    expect(Math.abs(normalCdf(x) / p - 1)).toBeLessThan(1e-12)
  }
})

it('is odd about one half and inverse to the probability', () => {
  expect(normalQuantile(0.5)).toBe(0)
  for (let p = 0.001; p < 0.5; p += 0.001) {
    expect(normalQuantile(1 - p)).toBeCloseTo(-normalQuantile(p), 11)
    expect(normalCdf(normalQuantile(p))).toBeCloseTo(p, 14)
    expect(normalCdf(normalQuantile(1 - p))).toBeCloseTo(1 - p, 14)
  }
})

it('has limits', () => {
  expect([normalQuantile(0), normalQuantile(1), normalQuantile(-1), normalQuantile(NaN)]).toEqual([
    -Infinity,
    Infinity,
    NaN,
    NaN,
  ])
  expect([normalCdf(-Infinity), normalCdf(Infinity), normalCdf(0), normalCdf(NaN)]).toEqual([0, 1, 0.5, NaN])
})
