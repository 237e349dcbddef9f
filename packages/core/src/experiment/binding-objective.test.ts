import { describe, expect, it } from 'vitest'
import { headroom } from './binding-objective.ts'

describe('headroom of an objective', () => {
  it.each([
    ['an upper bound allows what it says', '<', 120, 'duration', 90, 0.25],
    ['a least share allows the rest up to 1', '>=', 0.99, 'share', 0.995, 0.5],
    ['a share that is fully kept has all of it left', '>=', 0.99, 'share', 1, 1],
    ['a largest share allows itself', '<', 0.7, 'share', 0.35, 0.5],
    ['another lower bound is compared with itself', '>', 50, 'rate', 75, 0.5],
    ['a missed objective has less than none', '<', 50, 'duration', 60, -0.2],
    ['nothing is allowed and nothing happened', '<=', 0, 'share', 0, 0],
  ] as const)('%s', (_what, operator, bound, dimension, value, expected) => {
    expect(headroom({ operator, bound, dimension }, value)).toBeCloseTo(expected, 9)
  })

  it('is smaller for a response time near its bound than for an availability of 100 %', () => {
    const time = headroom({ operator: '<', bound: 120, dimension: 'duration' }, 115)
    const available = headroom({ operator: '>=', bound: 0.99, dimension: 'share' }, 1)
    expect(time).toBeLessThan(available)
  })
})
