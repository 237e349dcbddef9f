import { expect, it } from 'vitest'
import { chooseEviction } from './choose.ts'
import type { EvictionInput } from './index.ts'
import { createEntries } from './replay.ts'

/** Slots taken by entries and ghosts after a scan of so many keys through room for 50. */
function slotsAfterScan(policy: EvictionInput, keys: number): number {
  const entries = createEntries(chooseEviction(policy), 50)
  for (let key = 0; key < keys; key++) entries.put(key, 1, 1)
  return entries.slotsTaken
}

it('LIRS remembers 16 times as many keys as its capacity, or as many as its parameter says', () => {
  expect(slotsAfterScan('lirs', 700)).toBe(700)
  expect(slotsAfterScan('lirs', 30_000)).toBe(16 * 50)
  expect(slotsAfterScan({ type: 'lirs', 'stack-limit': 3 }, 30_000)).toBe(3 * 50)
  expect(slotsAfterScan({ type: 'lirs', 'stack-limit': 2500 }, 30_000)).toBe(30_000)
})
