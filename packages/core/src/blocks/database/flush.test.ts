import { expect, it } from 'vitest'
import { Bench, constant } from '../cache/testing-bench.ts'

/** When each write is answered, ms; the cache in front takes no time and keeps nothing. */
function answeredAt(database: object, sentAtMs: readonly number[], faults: (bench: Bench) => void = () => {}) {
  const bench = new Bench({ compute: constant(0), capacity: { unit: 'entries', amount: 1 } }, database)
  const times: number[] = []
  for (const [i, atMs] of sentAtMs.entries()) bench.ask(atMs, i + 1, 'write', (answer) => times.push(answer.atMs))
  faults(bench)
  bench.answers([])
  return times
}

it('a write takes the time of its flush and no core; a read has no flush', () => {
  const database = { write: constant(10), read: constant(1), flush: constant(7), cores: 1 }
  // The second has its work done while the first is flushed.
  expect(answeredAt(database, [0, 10])).toEqual([17, 27])
  const bench = new Bench({ compute: constant(0) }, database)
  expect(bench.answers([[0, 1]]).map((answer) => answer?.atMs)).toEqual([1])
})

it('concurrent writes share a flush', () => {
  expect(answeredAt({ write: constant(10), flush: constant(7), cores: 3 }, [0, 0, 0])).toEqual([17, 17, 17])
})

it('a write holds its worker until it is on disk', () => {
  expect(answeredAt({ write: constant(10), flush: constant(7), workers: 1 }, [0, 0])).toEqual([17, 34])
})

it('a flush takes longer on a slow node', () => {
  const slow = (bench: Bench) => bench.at(12, () => bench.origin.instances[0]?.slow(5))
  // 2 ms of 7 at full speed, 5 at a fifth of it.
  expect(answeredAt({ write: constant(10), flush: constant(7) }, [0], slow)).toEqual([37])
})
