import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/chance.ts'
import { readValue } from '../../../language/read-value.ts'
import { type Chosen, policy } from '../../../support/params.ts'
import type { Choice, Targets } from './choice.ts'
import { choices } from './index.ts'

/** A balancer of targets that answer when told, with what it needs to tell its choice. */
class Targeting {
  readonly outstanding: Int32Array
  private readonly targets: { -readonly [K in keyof Targets]: Targets[K] }
  private readonly chooser
  private readonly stream: Stream

  constructor(choice: Choice, weights: readonly number[], replication = 0) {
    const count = weights.length
    this.outstanding = new Int32Array(count)
    this.targets = { count, weights, outstanding: this.outstanding, available: weights.map((_, i) => i) }
    this.stream = new Stream(1, replication, 'choice')
    const family = policy({ meaning: 'how', family: choices })
    const { values } = readValue(choice.name, family, 'test').value as Chosen
    this.chooser = choice.create(values, this.targets)
  }

  get available(): readonly number[] {
    return this.targets.available
  }

  makeAvailable(targets: readonly number[]): void {
    this.targets.available = targets
    this.chooser.onTargets?.()
  }

  send(): number {
    const target = this.chooser.choose(this.stream)
    this.outstanding[target] = (this.outstanding[target] ?? 0) + 1
    this.chooser.onSent?.(target)
    return target
  }

  answer(target: number): void {
    if ((this.outstanding[target] ?? 0) === 0) return
    this.outstanding[target] = (this.outstanding[target] ?? 0) - 1
    this.chooser.onDone?.(target, 1)
  }

  /** How often each target is chosen of `calls`, each answered before the next. */
  counts(calls: number): readonly number[] {
    const counts = this.targets.weights.map(() => 0)
    for (let i = 0; i < calls; i++) {
      const target = this.send()
      counts[target] = (counts[target] ?? 0) + 1
      this.answer(target)
    }
    return counts
  }
}

describe.each(choices.members.map((choice) => [choice.name, choice] as const))('%s', (_, choice) => {
  it('uses targets of equal weight equally', () => {
    // 1000 ± 4 standard deviations of a binomial.
    for (const count of new Targeting(choice, [1, 1, 1, 1, 1, 1]).counts(6000)) {
      expect(Math.abs(count - 1000)).toBeLessThan(116)
    }
  })

  it('obeys weights if it says that it weighs, and never looks at them otherwise', () => {
    const calls = 6000
    const weights = [3, 1, 0, 2]
    const counts = new Targeting(choice, weights).counts(calls)
    if (choice.weighs !== true) expect(counts).toEqual(new Targeting(choice, [1, 1, 1, 1]).counts(6000))
    else
      counts.forEach((count, target) => {
        const share = (weights[target] as number) / 6
        // Four standard deviations of a choice by chance: one in a thousand correct members would fail.
        expect(Math.abs(count - calls * share)).toBeLessThanOrEqual(4 * Math.sqrt(calls * share * (1 - share)))
      })
  })

  it('never chooses a target that is not available, whatever comes, goes and is answered', () => {
    const act = fc.oneof(
      fc.record({ available: fc.uniqueArray(fc.integer({ min: 0, max: 4 }), { minLength: 1 }) }),
      fc.record({ answered: fc.integer({ min: 0, max: 4 }) }),
      fc.constant('send'),
      fc.constant('send'),
    )
    fc.assert(
      fc.property(fc.array(act, { maxLength: 80 }), (acts) => {
        const targeting = new Targeting(choice, [1, 1, 1, 1, 1])
        for (const one of acts) {
          if (one === 'send') expect(targeting.available).toContain(targeting.send())
          else if (typeof one === 'object' && 'answered' in one) targeting.answer(one.answered)
          else if (typeof one === 'object') targeting.makeAvailable([...one.available].sort())
        }
      }),
    )
  })

  it('comes back to a target that is available again', () => {
    const targeting = new Targeting(choice, [1, 1, 1])
    targeting.makeAvailable([0, 2])
    expect(targeting.counts(300)[1]).toBe(0)
    targeting.makeAvailable([0, 1, 2])
    expect(targeting.counts(300)[1]).toBeGreaterThan(60)
  })

  it('chooses alike under the same chance', () => {
    const chosen = () => {
      const targeting = new Targeting(choice, [1, 1, 1, 1], 3)
      return Array.from({ length: 200 }, (_each, i) => {
        if (i % 3 === 2) targeting.answer(i % 4)
        return targeting.send()
      })
    }
    expect(chosen()).toEqual(chosen())
  })
})

/** Sends 500 calls, of which some are answered, and looks at each before it is sent. */
function look(name: string, targets: number, judge: (chosen: number, before: readonly number[]) => void): void {
  const targeting = new Targeting(choices.get(name), new Array(targets).fill(1))
  const random = new Stream(1, 0, 'answers')
  for (let i = 0; i < 500; i++) {
    const before = [...targeting.outstanding]
    judge(targeting.send(), before)
    if (random.next() < 0.8) targeting.answer(random.below(targets))
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
  const targeting = new Targeting(choices.get('power-of-two'), new Array(n).fill(1))
  targeting.outstanding.set([0, 1, 2, 3, 4])
  const counts = new Array<number>(n).fill(0)
  for (let i = 0; i < 10_000; i++) {
    const target = targeting.send()
    counts[target] = (counts[target] ?? 0) + 1
    targeting.answer(target)
  }
  counts.forEach((count, i) => {
    const expected = (10_000 * 2 * (n - (i + 1))) / (n * (n - 1))
    expect(Math.abs(count - expected)).toBeLessThan(200)
  })
})

it('round-robin and weighted-round-robin take targets in turn', () => {
  const inTurn = (name: string, weights: readonly number[]) => {
    const targeting = new Targeting(choices.get(name), weights)
    return Array.from({ length: 7 }, () => targeting.send()).join(' ')
  }
  expect(inTurn('round-robin', [1, 1, 1])).toBe('0 1 2 0 1 2 0')
  // The example of nginx: weights 5, 1, 1 give a a b a c a a.
  expect(inTurn('weighted-round-robin', [5, 1, 1])).toBe('0 0 1 0 2 0 0')
})
