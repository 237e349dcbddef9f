import { expect, it } from 'vitest'
import { countedIn, foundIn } from '../experiment/testing-runs.ts'

const design = (cache: string, fault: string) => `
traffic: { visitors: { rate: 1000/s, requests: { get: { to: album.read, key: uniform over 500 } } } }
blocks:
  album: { type: cache, of: db.read, capacity: 1000, ${cache} }
  db: { type: database, read: 0.1ms }
faults: [${fault}]
run: { for: 100s, repeat: 1 }
`
/** Misses of a cache with room for all keys, before and after the flush at 50 s. */
const misses = (cache: string, fault: string) => countedIn(foundIn(design(cache, fault)), 0, 'misses')

it('a flushed cache with room for all keys misses each of them once more', () => {
  // 50,000 reads of 500 keys leave one in e^-100 unread; two reads of one key may meet while it is loaded.
  const [before = 0, after = 0] = misses('', '{ flush: album, at: 50s }')
  expect(before).toBe(0)
  expect(after).toBeGreaterThanOrEqual(500)
  expect(after).toBeLessThan(505)
})

it('of two nodes one misses its own keys again', () => {
  const [, after = 0] = misses('instances: 2, spread: ring,', '{ flush: album.2, at: 50s }')
  expect(after).toBeGreaterThan(100)
  expect(after).toBeLessThan(400)
})

it('again and again it misses every key each time', () => {
  const all = misses('', '{ flush: album, at: 50s, every: 10s }').reduce((sum, count) => sum + count, 0)
  expect(all).toBeGreaterThanOrEqual(2500)
  expect(all).toBeLessThan(2525)
})
