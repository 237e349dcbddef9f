import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readValue } from '../../language/read-value.ts'
import type { BackOff } from '../../support/back-off.ts'
import { type Chosen, policy } from '../../support/params.ts'
import { backOffs } from './index.ts'

const family = policy({ meaning: 'pause', family: backOffs })
const uniform = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true })

function created(text: string) {
  const { name, values } = readValue(text, family, 'test').value as Chosen
  return backOffs.get(name).create(values)
}

/** The pause before an attempt if the same number is drawn before each. */
function pauseMs(backOff: BackOff, attempt: number, drawn: number): number {
  let previousMs = 0
  for (let i = 2; i <= attempt; i++) previousMs = backOff.delayMs(i, drawn, previousMs)
  return previousMs
}

describe.each(backOffs.names)('%s', (name) => {
  it('gives every attempt a finite pause that is not negative, and the same one each time', () => {
    const backOff = created(name)
    for (let attempt = 2; attempt <= 20; attempt++) {
      fc.assert(
        fc.property(uniform, (drawn) => {
          const delayMs = pauseMs(backOff, attempt, drawn)
          expect(Number.isFinite(delayMs)).toBe(true)
          expect(delayMs).toBeGreaterThanOrEqual(0)
          expect(pauseMs(backOff, attempt, drawn)).toBe(delayMs)
        }),
        { numRuns: 20 },
      )
    }
  })

  it('never pauses for less before a later attempt under the same draw, or for less under a larger draw', () => {
    const backOff = created(name)
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 19 }), uniform, uniform, (attempt, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)]
        expect(pauseMs(backOff, attempt + 1, low)).toBeGreaterThanOrEqual(pauseMs(backOff, attempt, low))
        expect(pauseMs(backOff, attempt, high)).toBeGreaterThanOrEqual(pauseMs(backOff, attempt, low))
      }),
    )
  })
})

it.each<[string, number, number, number]>([
  ['none', 5, 0.5, 0],
  ['immediate', 5, 0.5, 0],
  ['{ type: full-jitter, first: 10ms, max: 1s }', 3, 0.25, 5],
  ['{ type: full-jitter, first: 10ms, max: 1s }', 20, 0.25, 250],
  // 10 + 0.5 × (30 − 10) = 20, 10 + 0.5 × (60 − 10) = 35, 10 + 0.5 × (105 − 10) = 57.5.
  ['{ type: decorrelated, first: 10ms, max: 1s }', 4, 0.5, 57.5],
  ['{ type: decorrelated, first: 10ms, max: 40ms }', 4, 0.5, 40],
  ['constant 30ms', 2, 0.9, 30],
  ['constant 30ms', 9, 0.1, 30],
  ['{ type: exponential, first: 10ms, factor: 3, max: 1s, jitter: none }', 4, 0.5, 90],
  ['{ type: exponential, first: 10ms, factor: 3, max: 1s, jitter: none }', 20, 0.5, 1000],
  ['{ type: exponential, first: 10ms, factor: 2, max: 1s, jitter: full }', 3, 0.25, 5],
  ['{ type: exponential, first: 10ms, factor: 2, max: 1s, jitter: equal }', 3, 0.25, 12.5],
])('%s pauses before attempt %i, for the draw %f, for %f ms', (text, attempt, drawn, expectedMs) => {
  expect(pauseMs(created(text), attempt, drawn)).toBeCloseTo(expectedMs, 9)
})
