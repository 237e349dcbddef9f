import { describe, expect, it } from 'vitest'
import { ln } from '../support/elementary.ts'
import { testingSource } from '../support/testing-source.ts'
import { relaxationsHeld } from './relaxation.ts'

/** Levels that keep a share of their distance from 0 at each step: their relaxation time is (1 + kept) / (1 - kept) / 2. */
function wandering(kept: number, steps: number, replications: number): Float64Array[] {
  const source = testingSource(1)
  const noise = () => -ln(source.next()) - 1
  return Array.from({ length: replications }, () => {
    let level = noise() / Math.sqrt(1 - kept * kept)
    return Float64Array.from({ length: steps }, () => {
      level = kept * level + noise()
      return level
    })
  })
}

describe('relaxationsHeld', () => {
  it('equals length over relaxation time for long replications', () => {
    expect(relaxationsHeld(wandering(0.9, 950, 2000), 0) / 100).toBeCloseTo(1, 1)
    expect(relaxationsHeld(wandering(0.9, 1425, 2000), 950) / 50).toBeCloseTo(1, 1)
  })
  it.each([2, 4])('is that too where a replication holds %i of them', (held) => {
    const steps = 9.5 * held
    expect(relaxationsHeld(wandering(0.9, steps, 20_000), 0) / held).toBeCloseTo(1, 1)
  })
  it('is 0 if every replication shows a single state', () => {
    const series = [1, 4, 2, 5].map((level) => new Float64Array(10_000).fill(level))
    expect(relaxationsHeld(series, 0)).toBeCloseTo(0, 3)
  })
  it('the relaxation time of a constant series is infinite', () => {
    expect(relaxationsHeld([new Float64Array(10), new Float64Array(10)], 2)).toBe(Infinity)
  })
})
