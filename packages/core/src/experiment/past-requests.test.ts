import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { testingSource } from '../support/testing-source.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

async function answerOf(traffic: string, blocks: string, run: string) {
  const text = `loadpath: 1\nname: past\ntraffic:\n${traffic}\nblocks:\n${blocks}\nrun: ${run}\n`
  const { design, problems } = readDesign(text, catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  return await simulate(design as never, { runner, longer: false })
}

const pages = `  readers: { rate: 200/s, requests: { page: { to: objects.read, key: uniform over 1000 } } }
  writers: { rate: 10/s, requests: { edit: { to: data.write, key: uniform over 1000 } } }`

/** One key of an inner tier, long: the outer one requests it a life and an exponential pause apart. */
function hitRatioOfInner(outerSeconds: number, pauseSeconds: number, innerSeconds: number): number {
  const source = testingSource(1)
  const reads = 200_000
  let [atSeconds, expiresSeconds, misses] = [0, 0, 0]
  for (let i = 0; i < reads; i++) {
    atSeconds += outerSeconds - Math.log(source.next()) * pauseSeconds
    if (atSeconds < expiresSeconds) continue
    misses++
    expiresSeconds = atSeconds + innerSeconds
  }
  return 1 - misses / reads
}

describe('requests before the start', () => {
  // A page of 20 objects is dropped 20 × 0.01 times a second, and read 0.2 times a second.
  it('leave a cache with invalidation by object in its steady state', async () => {
    const { blocks } = await answerOf(
      pages,
      `  objects: { type: cache, of: data.read, capacity: 1000, compute: 0s, invalidation: { by: object } }
  data: { type: database, read: { work: 0s, objects: 20 of 1000 }, connections: unlimited }`,
      '{ for: 2s, repeat: 8 }',
    )
    const { hitRatio } = blocks.find(({ name }) => name === 'objects') as { hitRatio: { point: number } }
    // 3,200 reads, of which those of one page in one replication are alike.
    expect(Math.abs(hitRatio.point - 0.5)).toBeLessThan(0.03)
  })

  // Five objects change 0.05 times a second, the row of the key itself 0.01 times, which drops the page; it is read 0.2 times
  // a second: of 21 reads one misses, and 0.05 / 0.06 of the others find something old.
  it('leave pages at their steady-state ages', async () => {
    const { requests } = await answerOf(
      pages,
      `  objects: { type: cache, of: data.read, capacity: 1000, compute: 0s, invalidation: { by: key } }
  data: { type: database, read: { work: 0s, objects: 5 of 1000 }, connections: unlimited }`,
      '{ for: 2s, repeat: 8 }',
    )
    const stale = requests.find(({ name }) => name === 'readers.page')?.age?.stale as unknown as { point: number }
    expect(Math.abs(stale.point - 16.67 / 21)).toBeLessThan(0.03)
  })

  // Of each load a change overtakes 1 - exp(-0.2 × 0.1); it is read 5 times before the next change, of 6.1 reads in all. Fewer
  // than 0.1 of them are loaded once more in the meantime. Over 100 replications about 160 pages begin stale: ± 8 %.
  it('leave pages stale that changed during their load', async () => {
    const { requests } = await answerOf(
      `  readers: { rate: 100/s, requests: { page: { to: pages.read, key: uniform over 100 } } }
  writers: { rate: 20/s, requests: { edit: { to: data.write, key: uniform over 100 } } }`,
      `  pages: { type: cache, of: data, capacity: 100, compute: 0s, invalidation: { by: key } }
  data: { type: database, read: 100ms, write: 0s, cores: 100, connections: unlimited }`,
      '{ for: 1s, repeat: 100 }',
    )
    const stale = requests.find(({ name }) => name === 'readers.page')?.age?.stale as unknown as { point: number }
    const byHand = (1 - Math.exp(-0.02)) * (5 / 6.1)
    expect([stale.point > byHand * (0.9 - 0.32), stale.point < byHand * 1.32]).toEqual([true, true])
  })

  it('leave session caches in their steady state', async () => {
    const { blocks } = await answerOf(
      '  clients: { rate: 100/s, sessions: 2000, requests: { ask: { to: r.read, key: uniform over 1 } } }',
      `  r: { type: cache, of: z, per: session, update: read-through, capacity: 10, ttl: 60s, compute: 0s }
  z: { type: database, read: 0s, connections: unlimited }`,
      '{ for: 5s, repeat: 40 }',
    )
    const { hitRatio } = blocks.find(({ name }) => name === 'r') as { hitRatio: { point: number } }
    // λT / (1 + λT) for λT = 3; 20,000 reads.
    expect(Math.abs(hitRatio.point - 0.75)).toBeLessThan(4 * Math.sqrt((0.75 * 0.25) / 20_000))
  })

  // The outer tier asks the inner one for a key every 12 s: after the 10 s that it keeps it, and 2 s on average.
  it('leave the inner of two tiers in its steady state', async () => {
    const { blocks } = await answerOf(
      '  readers: { rate: 100/s, requests: { page: { to: near.read, key: uniform over 200 } } }',
      `  near: { type: cache, of: far, capacity: 200, ttl: 10s, compute: 0s }
  far: { type: cache, of: db, capacity: 200, ttl: 60s, compute: 0s }
  db: { type: database, read: 0s, connections: unlimited }`,
      '{ for: 5s, repeat: 40 }',
    )
    const ratioOf = (name: string) =>
      (blocks.find((block) => block.name === name) as { hitRatio: { point: number } }).hitRatio.point
    expect(Math.abs(ratioOf('near') - 5 / 6)).toBeLessThan(0.012)
    expect(Math.abs(ratioOf('far') - hitRatioOfInner(10, 2, 60))).toBeLessThan(0.012)
  })
})
