import { describe, expect, it } from 'vitest'
import { chosenAsItSays } from '../../../explain/testing-chosen.ts'
import { Stream } from '../../../kernel/random.ts'
import { choices } from './index.ts'
import { maglevTable } from './maglev.ts'
import { TestingTargets } from './testing-targets.ts'

function targetsOf(name: string, count: number, values: Record<string, unknown> = {}, salt = 1): TestingTargets {
  const member = choices.get(name)
  return new TestingTargets(member, { ...chosenAsItSays(member).values, ...values }, new Array(count).fill(1), salt)
}

const all = (count: number) => Array.from({ length: count }, (_, target) => target)
const keys = 20_000
const placesOf = (targets: TestingTargets) => Array.from({ length: keys }, (_, key) => targets.choose(key))

/** Shares of the keys that leave the target that is lost, and that move between targets that stay. */
function movesWhenLost(targets: TestingTargets, lost: number): { readonly own: number; readonly others: number } {
  const before = placesOf(targets)
  targets.makeAvailable(targets.available.filter((target) => target !== lost))
  const after = placesOf(targets)
  const moved = before.filter((target, key) => target !== after[key])
  const own = moved.filter((target) => target === lost).length / keys
  return { own, others: moved.length / keys - own }
}

describe.each(['source-hash', 'consistent-hash', 'maglev'])('%s', (name) => {
  it('sends a key or client to the same target again, and back to it when it has been away', () => {
    const targets = targetsOf(name, 7)
    const before = placesOf(targets)
    expect(placesOf(targets)).toEqual(before)
    targets.makeAvailable([0, 1, 2, 4, 5, 6])
    placesOf(targets)
    targets.makeAvailable(all(7))
    expect(placesOf(targets)).toEqual(before)
  })

  it('is the same in two balancers with the same targets', () => {
    expect(placesOf(targetsOf(name, 7))).toEqual(placesOf(targetsOf(name, 7)))
  })
})

describe('a target of ten is lost', () => {
  it('consistent-hash moves its keys only', () => {
    expect(movesWhenLost(targetsOf('consistent-hash', 10), 4).others).toBe(0)
  })

  it('source-hash by modulo moves the keys of 9 in 10: those whose remainder by 10 and by 9 differ', () => {
    const modulo = chosenAsItSays(choices.get('source-hash')).values
    const spread = { ...(modulo.spread as object), name: 'modulo', values: {} }
    const { own, others } = movesWhenLost(targetsOf('source-hash', 10, { spread }), 9)
    expect(own).toBeCloseTo(0.1, 1)
    // Of the 90 remainders by 90 that stay below 9 by 10, only 9 are alike by 9.
    expect(Math.abs(own + others - 0.9)).toBeLessThan(0.01)
  })
})

describe('maglev', () => {
  // Eisenbud et al. 2016, table 1: three backends, seven entries, before and after the loss of B1.
  const preferences = [
    { offset: 3, skip: 4 },
    { offset: 0, skip: 2 },
    { offset: 3, skip: 1 },
  ]

  it('fills the table of the paper', () => {
    expect([...maglevTable(preferences, 7)]).toEqual([1, 0, 1, 0, 2, 2, 0])
    const withoutB1 = preferences.filter((_, backend) => backend !== 1)
    // B2 is now the second.
    expect([...maglevTable(withoutB1, 7)]).toEqual([0, 0, 0, 0, 1, 1, 1])
  })

  it('gives every target its share of the entries, to one entry', () => {
    const random = new Stream(1, 0, 'preferences')
    const drawn = Array.from({ length: 300 }, () => ({ offset: random.below(65_537), skip: 1 + random.below(65_536) }))
    const counts = new Int32Array(300)
    for (const owner of maglevTable(drawn, 65_537)) counts[owner] = (counts[owner] as number) + 1
    expect(Math.max(...counts) - Math.min(...counts)).toBe(1)
  })

  it('moves few keys between the targets that stay when one of ten or of a hundred is lost', () => {
    for (const [count, most] of [
      [10, 0.005],
      [100, 0.01],
    ] as const) {
      const { own, others } = movesWhenLost(targetsOf('maglev', count, { entries: 65_537 }), 3)
      expect(Math.abs(own * count - 1)).toBeLessThan(0.25)
      expect(others).toBeLessThan(most)
    }
  })
})

describe('consistent-hash with bounded loads', () => {
  // Mirrokni, Thorup, Zadimoghaddam: no bin has more than ⌈c·m/n⌉ of m balls.
  it.each([1.05, 1.25, 2])('leaves no target more than ⌈%f · m / n⌉ of m calls, whatever the keys', (bound) => {
    const count = 9
    const targets = targetsOf('consistent-hash', count, { bound })
    const random = new Stream(1, 0, 'traffic')
    let longest = 0
    for (let i = 0; i < 5000; i++) {
      const target = targets.send(random.next() < 0.7 ? 1 : random.below(100))
      const open = targets.outstanding.reduce((sum, calls) => sum + calls)
      expect(targets.outstanding[target]).toBeLessThanOrEqual(Math.ceil((bound * open) / count))
      longest = Math.max(longest, open)
      if (random.next() < 0.95) targets.answer(random.below(count))
    }
    expect(longest).toBeGreaterThan(100)
  })

  it('spreads one key over all targets if none answers, and without a bound over one', () => {
    const send = (bound: unknown) => {
      const targets = targetsOf('consistent-hash', 4, { bound })
      for (let i = 0; i < 100; i++) targets.send(7)
      return [...targets.outstanding].sort((a, b) => b - a)
    }
    // The first target of the key is full at ⌈1.25 · 100 / 4⌉ = 32.
    expect(send(1.25)[0]).toBe(32)
    expect(send(1.25)[3]).toBeGreaterThan(0)
    expect(send('unlimited')).toEqual([100, 0, 0, 0])
  })

  it('keeps the bound when a target with calls outstanding goes and comes back', () => {
    const targets = targetsOf('consistent-hash', 3, { bound: 1.25 })
    for (let i = 0; i < 60; i++) targets.send(7)
    targets.makeAvailable([0, 2])
    for (let i = 0; i < 60; i++) targets.answer(i % 3)
    const open = () => (targets.outstanding[0] ?? 0) + (targets.outstanding[2] ?? 0)
    for (let i = 0; i < 20; i++) {
      const target = targets.send(7)
      expect(targets.outstanding[target]).toBeLessThanOrEqual(Math.ceil((1.25 * open()) / 2))
    }
    targets.makeAvailable([0, 1, 2])
    const target = targets.send(7)
    expect(targets.outstanding[target]).toBeLessThanOrEqual(
      Math.ceil((1.25 * (open() + (targets.outstanding[1] ?? 0))) / 3),
    )
  })
})
