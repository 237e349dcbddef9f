import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { choices } from './index.ts'
import { PeakEwma } from './peak-ewma.ts'
import { TestingTargets } from './testing-targets.ts'

function targetsOf(name: string, count: number, values: Record<string, unknown> = {}): TestingTargets {
  const member = choices.get(name)
  return new TestingTargets(member, { ...chosenAsItSays(member).values, ...values }, new Array(count).fill(1))
}

/** Two targets, of which the first has answered in 100 ms and the second in 10 ms. */
function slowAndFast(name: string, values: Record<string, unknown> = {}): TestingTargets {
  const targets = targetsOf(name, 2, values)
  const first = targets.send()
  targets.send()
  expect(targets.outstanding).toEqual(new Int32Array([1, 1]))
  targets.answer(first === 0 ? 0 : 1, first === 0 ? 100 : 10)
  targets.answer(first === 0 ? 1 : 0, first === 0 ? 10 : 100)
  return targets
}

describe.each(['least-response-time', 'peak-ewma'])('%s', (name) => {
  it('asks a target that has never answered once, and no more before it answers', () => {
    const targets = targetsOf(name, 2)
    const first = targets.send()
    targets.answer(first, 5)
    expect([targets.send(), targets.send(), targets.send()]).toEqual([1 - first, first, first])
  })

  it('sends nine calls to the target of 10 ms before the one of 100 ms is as good: 10 · (9 + 1) = 100 · (0 + 1)', () => {
    const targets = slowAndFast(name)
    expect(targets.countsOf(Array.from({ length: 9 }, () => targets.send()))).toEqual([0, 9])
    const ties = new Set(Array.from({ length: 50 }, () => targets.choose()))
    expect(ties).toEqual(new Set([0, 1]))
  })
})

it('least-response-time moves its average by a tenth of the difference at 90 %: 100 ms and then 10 ms are 91 ms', () => {
  const targets = slowAndFast('least-response-time', { smoothing: 0.9 })
  // The calls outstanding at the fast one drive the next to the slow one, which answers fast.
  for (let i = 0; i < 11; i++) targets.send()
  expect([...targets.outstanding]).toEqual([1, 10])
  targets.answer(0, 10)
  for (let i = 0; i < 10; i++) targets.answer(1, 10)
  // Now 91 ms: nine calls at the fast one cost 100 ms, eight cost 90 ms.
  expect(targets.countsOf(Array.from({ length: 10 }, () => targets.send()))).toEqual([1, 9])
})

it('peak-ewma follows a peak at once and forgets it with e^(-t/decay)', () => {
  const average = new PeakEwma(10_000)
  average.observe(100, 0)
  expect(average.at(10_000)).toBeCloseTo(100 / Math.E, 9)
  average.observe(10, 10_000)
  expect(average.at(10_000)).toBeCloseTo(100 / Math.E + 10 * (1 - 1 / Math.E), 9)
  average.observe(200, 10_001)
  expect(average.at(10_001)).toBe(200)
})

it('join-idle-queue takes the target that has been idle for longest, and any if none is idle', () => {
  const targets = targetsOf('join-idle-queue', 4)
  expect([targets.send(), targets.send(), targets.send()]).toEqual([0, 1, 2])
  targets.answer(1)
  targets.answer(0)
  expect([targets.send(), targets.send(), targets.send()]).toEqual([3, 1, 0])
  expect(new Set(Array.from({ length: 100 }, () => targets.choose()))).toEqual(new Set([0, 1, 2, 3]))
})

it.each(['least-outstanding', 'power-of-two'])(
  '%s with `reports` knows what was outstanding when the last report came',
  (name) => {
    const targets = targetsOf(name, 2, { reports: 100 })
    const first = targets.send()
    targets.nowMs = 100
    // Now it knows of one call at the first; of those that it sends from now on only at 200 ms.
    expect([targets.send(), targets.send(), targets.send()]).toEqual([1 - first, 1 - first, 1 - first])
    targets.nowMs = 199
    expect(targets.send()).toBe(1 - first)
    targets.nowMs = 200
    expect(targets.send()).toBe(first)
  },
)
