import { describe, expect, it } from 'vitest'
import { foundIn, problemsOf } from '../experiment/testing-runs.ts'

/** Every operation reads its page from the disk for 3 ms. A read computes for 2 ms, a write for 1 ms, and flushes for 4 ms. */
const design = (fault: string, disk = 'buffer: { capacity: 1B }, disk: 3ms, flush: 4ms,') => `
traffic: { visitors: { rate: 10/s, arrival: regular, requests: { get: { to: db.read, key: uniform over 99k } } }, editors: { rate: 10/s, arrival: regular, requests: { put: { to: db.write } } } }
blocks:
  db: { type: database, cores: 8, connections: unlimited, object-size: 1kB, read: 2ms, write: 1ms, ${disk} }
faults: [${fault}]
run: { for: 40s, repeat: 1 }
`
/** Mean time of a request of each kind by phase, ms: of writes, then of reads. */
const meanMs = (text: string) =>
  foundIn(text).kinds.map((cells) => cells.map(({ sumMs, answered }) => sumMs / answered))

describe('a slow disk', () => {
  it('slows reads from it and flushes, and no computing', () => {
    const found = meanMs(design('{ slow: db.disk, factor: 5, at: 10s, for: 20s }'))
    expect(found).toEqual([[8, 1 + 35, 8].map(near), [5, 2 + 15, 5].map(near)])
  })

  it('multiplies with a slow instance', () => {
    const found = meanMs(
      design('{ slow: db.disk, factor: 5, at: 10s, for: 20s }, { slow: db, factor: 2, at: 10s, for: 20s }'),
    )
    expect(found).toEqual([[8, 2 + 70, 8].map(near), [5, 4 + 30, 5].map(near)])
  })

  it('of a database that waits for none is a mistake, and so is the crash of a disk', () => {
    expect(problemsOf(design('{ slow: db.disk, factor: 5, at: 10s }', ''))).toEqual([
      'unknown-instance faults.1.slow: `db` has no part `disk`',
    ])
    expect(problemsOf(design('{ crash: db.disk, at: 10s }'))).toEqual([
      'unknown-instance faults.1.crash: `db` has no part `disk`',
    ])
  })
})

/** A request that is under way when the fault begins is between the two. */
const near = (ms: number) => expect.closeTo(ms, 0)
