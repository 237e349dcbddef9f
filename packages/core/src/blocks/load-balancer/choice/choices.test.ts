import { expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { Stream } from '../../../kernel/random.ts'
import type { Choice } from './choice.ts'
import { choices } from './index.ts'
import { TestingTargets } from './testing-targets.ts'

/** Targets of these weights, and a choice among them as its own example writes it. */
function targetsOf(member: Choice, weights: readonly number[]): TestingTargets {
  return new TestingTargets(member, chosenAsItSays(member).values, weights)
}

/** Sends 500 calls, of which some are answered, and looks at each before it is sent. */
function look(name: string, count: number, judge: (chosen: number, before: readonly number[]) => void): void {
  const targets = targetsOf(choices.get(name), new Array(count).fill(1))
  const random = new Stream(1, 0, 'answers')
  for (let i = 0; i < 500; i++) {
    const before = [...targets.outstanding]
    judge(targets.send(), before)
    if (random.next() < 0.8) targets.answer(random.below(count))
  }
}

it('least-outstanding takes a target with the fewest calls outstanding', () => {
  look('least-outstanding', 7, (chosen, before) => expect(before[chosen]).toBe(Math.min(...before)))
})

it('power-of-two takes the better of two distinct targets: of two the least, of three never the only worst', () => {
  look('power-of-two', 2, (chosen, before) => expect(before[chosen]).toBe(Math.min(...before)))
  look('power-of-two', 3, (chosen, before) => {
    expect(before.filter((calls) => calls >= (before[chosen] ?? 0)).length).toBeGreaterThanOrEqual(2)
  })
})

it('power-of-two takes each of many as often as two draws say: the k-th best of n with 2 (n - k) / (n (n - 1))', () => {
  const n = 5
  const targets = targetsOf(choices.get('power-of-two'), new Array(n).fill(1))
  targets.outstanding.set([0, 1, 2, 3, 4])
  const counts = new Array<number>(n).fill(0)
  for (let i = 0; i < 10_000; i++) {
    const target = targets.send()
    counts[target] = (counts[target] ?? 0) + 1
    targets.answer(target)
  }
  counts.forEach((count, i) => {
    const expected = (10_000 * 2 * (n - (i + 1))) / (n * (n - 1))
    expect(Math.abs(count - expected)).toBeLessThan(200)
  })
})

it('round-robin and weighted-round-robin take targets in turn', () => {
  const inTurn = (name: string, weights: readonly number[]) => {
    const targets = targetsOf(choices.get(name), weights)
    return Array.from({ length: 7 }, () => targets.send()).join(' ')
  }
  expect(inTurn('round-robin', [1, 1, 1])).toBe('0 1 2 0 1 2 0')
  // The example of nginx: weights 5, 1, 1 give a a b a c a a.
  expect(inTurn('weighted-round-robin', [5, 1, 1])).toBe('0 0 1 0 2 0 0')
})
