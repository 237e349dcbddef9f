import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { sensitivity } from './sensitivity.ts'
import type { Runner } from './task.ts'

const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))

function design(rate: string) {
  const read = readObject(
    {
      loadpath: 1,
      name: 'single server',
      traffic: { visitors: { rate, requests: { view: { to: 'web' } } } },
      blocks: {
        web: { type: 'service', workers: 1, price: '$1/h', endpoints: { view: [{ compute: 'exponential 10ms' }] } },
        idle: { type: 'database' },
      },
      objectives: ['p99 < 10s', 'mean < 21ms'],
    },
    catalogue,
  )
  if (read.design === undefined) throw new Error('the design is wrong')
  return read.design
}

it('sensitivity ranks the numbers of a single server like the closed form', async () => {
  const { target, rows, unchanged } = await sensitivity(design('50/s'), { runner })
  expect(target).toEqual({ text: 'mean < 21ms', chosen: 'least-headroom', dimension: 'duration' })
  expect(unchanged.sufficient && Math.abs(unchanged.point - 20)).toBeLessThan(0.5)
  const certain = rows.filter(({ verdict }) => verdict !== 'not significant')
  expect(certain.map(({ path, verdict }) => `${path} ${verdict}`)).toEqual(
    ['web.instances lower', 'web.speed lower', 'web.endpoints.view.1.compute higher', 'visitors.rate higher'].sort(
      (a, b) => expectedSize(b) - expectedSize(a),
    ),
  )
  for (const { path, difference } of certain) {
    if (!difference.sufficient || path === 'web.instances') continue
    const [expected] = effects[path] ?? []
    expect(difference.low, path).toBeLessThan(expected ?? Number.NaN)
    expect(difference.high, path).toBeGreaterThan(expected ?? Number.NaN)
  }
  const instances = rows.find(({ path }) => path === 'web.instances')
  expect([instances?.from, instances?.to, instances?.costPerHour]).toEqual([1, 2, 1])
  const before = unchanged.sufficient ? unchanged.point : Number.NaN
  expect(instances?.pricePerUnit).toBeCloseTo(1 / (before - (instances?.changed ?? 0)), 2)
  expect(rows.filter(({ path }) => path.startsWith('idle')).every(({ verdict }) => verdict === 'not significant')).toBe(
    true,
  )
})

/** Mean response 1 / (service rate - arrival rate), less the 20 ms of before; two servers each get half the calls. */
const effects: Readonly<Record<string, readonly [number]>> = {
  'visitors.rate': [1000 / (100 - 55) - 20],
  'web.endpoints.view.1.compute': [1000 / (1000 / 11 - 50) - 20],
  'web.speed': [1000 / (110 - 50) - 20],
  'web.instances': [1000 / (100 - 25) - 20],
}

function expectedSize(row: string): number {
  return Math.abs(effects[row.split(' ')[0] ?? '']?.[0] ?? 0)
}

it('sensitivity of an overloaded design names only the overloaded block', async () => {
  const { overloaded, rows } = await sensitivity(design('150/s'), { runner })
  expect([overloaded, rows]).toEqual(['web', []])
})

it('sensitivity of a run that is too short gives that reason, not a growing backlog', async () => {
  const short = design('50/s')
  const bounds = { ...(short.run.bounds as object), events: 10_000 }
  const answer = await sensitivity({ ...short, run: { ...short.run, bounds } }, { runner })
  expect(answer).toMatchObject({ overloaded: null, rows: [], interrupted: false })
  expect(answer.stopped).toMatch(/run\.bounds\.events/)
  expect(answer.unchanged).toMatchObject({ sufficient: false, reason: answer.stopped })
})

it('sensitivity gives no number if a changed run has too few data', async () => {
  const few = { ...design('50/s'), objectives: [] }
  const { rows } = await sensitivity({ ...few, run: { ...few.run, for: 200, repeat: 2 } }, { runner })
  expect(rows.length).toBeGreaterThan(5)
  expect(rows.every(({ changed }) => changed === null || Number.isFinite(changed))).toBe(true)
  expect(rows.some(({ changed }) => changed === null)).toBe(true)
})

it('sensitivity uses the objective that is named, whatever the headroom of the others', async () => {
  const { target, unchanged } = await sensitivity(design('50/s'), { runner }, 'p99 < 10s')
  expect(target).toEqual({ text: 'p99 < 10s', chosen: 'named', dimension: 'duration' })
  expect(unchanged.sufficient && Math.abs(unchanged.point - 92)).toBeLessThan(5)
})

it('keeps the times of requests that do not wait where a change overloads another block', async () => {
  const worker = { type: 'service', workers: 1, endpoints: { get: [{ compute: 'exponential 10ms' }] } }
  const read = readObject(
    {
      loadpath: 1,
      name: 'two servers',
      traffic: {
        quick: { rate: '50/s', requests: { get: { to: 'b' } } },
        slow: { rate: '95/s', requests: { get: { to: 'a' } } },
      },
      blocks: { a: worker, b: worker },
      run: { for: '200s', repeat: 8 },
      objectives: ['quick.mean < 30ms', 'slow.mean < 1s'],
    },
    catalogue,
  )
  if (read.design === undefined) throw new Error('the design is wrong')
  const { design: loaded } = read
  const changed = async (objective: string) => {
    const { rows, unchanged } = await sensitivity(loaded, { runner }, objective)
    return { unchanged, changed: rows.find(({ path }) => path === 'slow.rate')?.changed }
  }
  // 104.5/s come to a server that carries 100/s. The other one is as before, with common random numbers.
  const quick = await changed('quick.mean < 30ms')
  expect(quick.unchanged).toMatchObject({ sufficient: true, point: quick.changed })
  expect((await changed('slow.mean < 1s')).changed).toBe(Number.POSITIVE_INFINITY)
})
