import { expect, it } from 'vitest'
import { problemsOf } from '../experiment/testing-runs.ts'

const design = (fault: string) => `
places: { home: {}, away: { to: { home: { round-trip: 9ms } } } }
traffic: { visitors: { in: home, rate: 9/s, requests: { get: { to: album.read, key: uniform over 9 } } } }
blocks:
  album: { type: cache, in: home, of: db.read, capacity: 9 }
  db: { type: database, in: home }
faults: [${fault}]
run: { for: 60s }
`

it.each([
  ['{ pause: db, at: 1s, for: 0ms }', 'faults.1.for: `pause` has no effect: it lasts for no time'],
  ['{ slow: db, factor: 1, at: 1s }', 'faults.1.factor: `slow` has no effect: the factor is 1'],
  ['{ surge: visitors, factor: 1, at: 1s }', 'faults.1.factor: `surge` has no effect: the factor is 1'],
  ['{ fail: db, share: 0%, at: 1s }', 'faults.1.share: `fail` has no effect: no answer fails'],
  ['{ flush: db, at: 1s }', 'faults.1.on: `flush` has no effect: `db` keeps no entries that can be dropped'],
  ['{ cut: away, at: 1s }', 'faults.1: `cut` has no effect: no block is in `away`'],
  ['{ cut: home, at: 1s }', 'faults.1: `cut` has no effect: no call goes into or out of `home`'],
  ['{ crash: away, at: 1s }', 'faults.1: `crash` has no effect: no block is in `away`'],
])('%s is warned of', (fault, problem) => {
  expect(problemsOf(design(fault))).toEqual([`fault-without-effect ${problem}`])
})

it.each([
  '{ crash: db, at: 1s, for: 0ms }',
  '{ hang: db, at: 1s, for: 0ms }',
  '{ flush: home, at: 1s }',
  '{ cut: [album, db], at: 1s, for: 1s }',
  '{ fail: home, share: 1%, at: 1s }',
])('%s is not', (fault) => expect(problemsOf(design(fault))).toEqual([]))
