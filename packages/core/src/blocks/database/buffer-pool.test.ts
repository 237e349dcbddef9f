import { expect, it } from 'vitest'
import { Bench, constant } from '../cache/testing-bench.ts'

const lru = { name: 'lru', values: {} }
const buffered = (entries: number) => ({
  buffer: { capacity: { unit: 'entries', amount: entries } as const, eviction: lru },
  disk: { read: constant(7) },
})

it('a read of an object outside the buffer takes the time of the disk and no core', () => {
  // Two cores of the origin are not needed: the disk time of one read and the work of the other overlap.
  const database = { read: constant(10), cores: 1, ...buffered(2) }
  const bench = new Bench({ compute: constant(0), capacity: { unit: 'entries', amount: 1 } }, database)
  const answers = bench.answers([
    [0, 1],
    [11, 2],
    [100, 1],
    [200, 3],
    [300, 2],
  ])
  expect(answers.map((answer) => answer?.atMs)).toEqual([17, 28, 110, 217, 317])
  expect(Object.fromEntries(bench.origin.counters.map(({ name, read }) => [name, read(0)]))).toEqual({
    hits: 1,
    misses: 4,
  })
})

it('a buffer is empty after a crash', () => {
  const bench = new Bench({ compute: constant(0), capacity: { unit: 'entries', amount: 1 } }, { ...buffered(10) })
  const [node] = bench.origin.instances
  bench.at(100, () => node?.crash())
  bench.at(101, () => node?.restart())
  const answers = bench.answers([
    [0, 1],
    [50, 2],
    [150, 1],
  ])
  expect(answers.map((answer) => answer?.atMs)).toEqual([17, 67, 167])
})

it('reads from disk at the speed of a slow node, and answers nothing during a pause', () => {
  const bench = new Bench(
    { compute: constant(0), capacity: { unit: 'entries', amount: 1 } },
    { read: constant(0), ...buffered(1) },
  )
  const [node] = bench.origin.instances
  bench.at(2, () => node?.slow(5))
  bench.at(60, () => node?.slow(1))
  bench.at(103, () => node?.pause(true))
  bench.at(150, () => node?.pause(false))
  const answers = bench.answers([
    [0, 1],
    [100, 2],
  ])
  // 2 ms of 7 at full speed, 5 at a fifth of it; the second has been read by 107 and is answered after the pause.
  expect(answers.map((answer) => answer?.atMs)).toEqual([27, 150])
})
