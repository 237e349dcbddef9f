import { describe, expect, it } from 'vitest'
import { testingSource } from '../support/testing-source.ts'
import { createKeys } from './index.ts'

function draws(name: string, values: Record<string, number>, count: number): readonly number[] {
  const keys = createKeys({ name, values })
  const source = testingSource(1)
  return Array.from({ length: count }, () => keys.sample(source))
}

describe('a loop', () => {
  it('requests every key once, in order, and begins again', () => {
    expect(draws('loop', { keys: 4 }, 10)).toEqual([1, 2, 3, 4, 1, 2, 3, 4, 1, 2])
    expect(draws('loop', { keys: 1 }, 3)).toEqual([1, 1, 1])
  })
})

describe('shifting popularity', () => {
  it("popularity by age follows Zipf's law: the newest first", () => {
    const [keys, every, count] = [10, 3, 300_000]
    const ages = draws('shifting', { exponent: 1, keys, every }, count).map(
      (key, request) => (Math.floor(request / every) - (key - 1)) % keys,
    )
    const shares = Array.from(
      { length: keys },
      (_, age) => ages.filter((at) => (at + keys) % keys === age).length / count,
    )
    const harmonic = Array.from({ length: keys }, (_, i) => 1 / (i + 1)).reduce((sum, one) => sum + one, 0)
    shares.forEach((share, age) => {
      const expected = 1 / (age + 1) / harmonic
      // Four standard errors of a share.
      expect(Math.abs(share - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / count))
    })
  })

  it('brings every key to the top once a round: all are requested equally often in the end', () => {
    const [keys, every, count] = [20, 5, 400_000]
    const asked = new Array<number>(keys + 1).fill(0)
    for (const key of draws('shifting', { exponent: 1.2, keys, every }, count)) asked[key] = (asked[key] as number) + 1
    for (const times of asked.slice(1)) expect(Math.abs(times / (count / keys) - 1)).toBeLessThan(0.03)
    expect(asked[0]).toBe(0)
  })

  it('changes nothing where it is always the turn of the same: one key', () => {
    expect(draws('shifting', { exponent: 1, keys: 1, every: 1 }, 3)).toEqual([1, 1, 1])
  })
})
