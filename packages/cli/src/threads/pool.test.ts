import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { catalogue, type Replicate, readDesign, type Task } from '@loadpath/core'
import { expect, test } from 'vitest'
import { createPool } from './pool.ts'

const worker = new URL('../../dist/worker.mjs', import.meta.url)
const isBuilt = existsSync(worker)

const { design } = readDesign(
  `loadpath: 1
name: one server
traffic: { visitors: { rate: 200/s, requests: { view: { to: web } } } }
blocks: { web: { type: service, cores: 4, endpoints: { view: [ { compute: exponential 10ms } ] } } }
`,
  catalogue,
)

function task(replication: number, endMs = 2000): Task {
  if (design === undefined) throw new Error('the design is sound')
  return {
    design,
    seed: 1,
    replication,
    workFactor: 1,
    // Later tasks are shorter, so that they end sooner.
    plan: {
      endMs,
      cellStartsMs: [0],
      measureFromMs: 0,
      measureToMs: endMs,
      ticks: 10,
      followEvery: [10],
      histograms: [],
      instances: [],
    },
    limits: { events: 1e9, inside: 1e6, wallMs: Infinity },
    trace: null,
  }
}
const tasks = Array.from({ length: 8 }, (_, i) => task(i, 20_000 - 2000 * i))

async function runWith(threads: number, inlineMs: number): Promise<readonly Replicate[]> {
  const pool = createPool({ threads, inlineMs, worker })
  try {
    return await pool.run(tasks)
  } finally {
    await pool.close()
  }
}

test('small work is done here, in order', async () => {
  const replicates = await runWith(2, Infinity)
  expect(replicates.map(({ replication }) => replication)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})

test.skipIf(!isBuilt)('the answer is the same with no, one and two threads', async () => {
  const here = await runWith(1, Infinity)
  expect(await runWith(1, 0)).toEqual(here)
  expect(await runWith(2, 0)).toEqual(here)
  expect(await runWith(2, 5)).toEqual(here)
})

test.skipIf(!isBuilt)('what takes too long here is begun again on a thread', async () => {
  const pool = createPool({ threads: 1, inlineMs: 1, worker })
  const [replicate] = await pool.run([task(3, 400_000)])
  await pool.close()
  expect(replicate?.replication).toBe(3)
  expect(replicate?.stopped).toBe(null)
})

test.skipIf(!isBuilt)('an error says which replication it was', async () => {
  const broken = { ...task(5), design: { ...task(5).design, blocks: [] } }
  for (const inlineMs of [0, Infinity]) {
    const pool = createPool({ threads: 1, inlineMs, worker })
    await expect(pool.run([broken])).rejects.toMatchObject({
      name: 'ReplicationFailure',
      task: { seed: 1, replication: 5, workFactor: 1 },
    })
    await pool.close()
  }
})

test('where a thread ends by itself, what the others found is there, and nothing more is begun', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'loadpath-')), 'mortal.mjs')
  writeFileSync(
    file,
    'export const runTask = ({ task }) => (task.replication > 2 ? process.exit(7) : { replicate: { replication: task.replication } })',
  )
  const pool = createPool({ threads: 1, inlineMs: 0, worker: pathToFileURL(file) })
  const found = await pool.run(tasks)
  expect(found.map(({ replication }) => replication)).toEqual([0, 1, 2])
  expect(pool.lost()).toContain('7')
  expect(await pool.run(tasks)).toEqual([])
  await pool.close()
})
