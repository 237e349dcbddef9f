import { describe, expect, it } from 'vitest'
import { Stream } from '../../../kernel/chance.ts'
import { Zipf } from '../../../kernel/zipf.ts'
import { cheApproximation, zipfShares } from '../../../theory/che-approximation.ts'
import { kingLru } from '../../../theory/king-lru.ts'
import { loopLru } from '../../../theory/loop-lru.ts'
import { replay } from './replay.ts'

const policy = (name: string) => ({ name, values: {} })

function zipfKeys(exponent: number, keys: number, length: number): Float64Array {
  const ranks = new Zipf(exponent, keys)
  const stream = new Stream(1, 0, 'keys')
  return Float64Array.from({ length }, () => ranks.sample(stream))
}

describe.each(['lru', 'fifo'])('%s on a loop', (name) => {
  it.each([
    [1011, 512],
    [1011, 1010],
    [1011, 1011],
  ])('of %i keys over %i entries hits as the closed form says', (objects, capacity) => {
    const rounds = 50
    const keys = Array.from({ length: objects * rounds }, (_, i) => i % objects)
    const { hits } = replay(policy(name), capacity, keys)
    expect(hits / keys.length).toBeCloseTo(loopLru(objects, capacity, rounds), 12)
  })
})

it('lru hits as often as King’s exact sum', () => {
  const keys = zipfKeys(1, 8, 500_000)
  const { hits, misses } = replay(policy('lru'), 3, keys, { warmUp: 1000 })
  expect(hits + misses).toBe(499_000)
  expect(Math.abs(hits / 499_000 - kingLru([...zipfShares(1, 8)], 3))).toBeLessThan(0.003)
})

it('lru hits as often as Che’s approximation', () => {
  const keys = zipfKeys(0.8, 10_000, 500_000)
  const { hits } = replay(policy('lru'), 1000, keys, { warmUp: 50_000 })
  const expected = cheApproximation(zipfShares(0.8, 10_000), 1000).hitRatio
  expect(Math.abs(hits / 450_000 - expected)).toBeLessThan(0.004)
})

it('keeps within the weights it is given', () => {
  const evicted: number[] = []
  const onEvict = (key: number) => evicted.push(key)
  replay(policy('lru'), 10, [1, 2, 3, 4], { weights: [4, 4, 2, 8], onEvict })
  expect(evicted).toEqual([1, 2])
})
