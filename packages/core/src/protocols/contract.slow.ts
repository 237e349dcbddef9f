import { describe, expect, it } from 'vitest'
import { failovers } from './index.ts'
import { heartbeatValues, promises, withoutTurns } from './testing-promises.ts'
import { expectNeverTwo } from './testing-schedules.ts'

const seeds = Array.from({ length: 1000 }, (_, i) => i + 1)

describe.each(failovers.members.filter(({ takeoverMs }) => takeoverMs !== undefined))('$name', (member) => {
  it.each(Object.keys(promises))('%s, on many schedules', (promise) => promises[promise]?.(member, seeds))
})

it('a thousand schedules show a member that counts an answer twice', () => {
  const group = { protocol: withoutTurns, values: { ...heartbeatValues, fencing: 'required' }, members: 3 }
  expect(() => {
    for (const seed of seeds) expectNeverTwo(seed, group)
  }).toThrow(/expected 2 to be less/)
})
