import { expect, it } from 'vitest'
import { Stream } from '../../../kernel/random.ts'
import { Entries } from '../shelf/entries.ts'
import { random } from './random.ts'

it('the random policy evicts each entry with the same probability', () => {
  const keys = 8
  const trials = 80_000
  const thrownOut = new Array<number>(keys).fill(0)
  let victim = -1
  const entries = new Entries({
    capacity: keys,
    evictor: (slots) => random.create({}, slots),
    random: new Stream(1, 0, 'eviction'),
    onEvict: (key) => {
      victim = key
    },
  })
  for (let key = 0; key < keys; key++) entries.put(key, 1, 1)
  for (let i = 0; i < trials; i++) {
    entries.put(keys, 1, 1)
    thrownOut[victim] = (thrownOut[victim] as number) + 1
    entries.drop(keys)
    entries.put(victim, 1, 1)
  }
  const expected = trials / keys
  const chiSquare = thrownOut.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 24.3 is exceeded once in 1000 times, with seven degrees of freedom.
  expect(chiSquare).toBeLessThan(24.3)
})
