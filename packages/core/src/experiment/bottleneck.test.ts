import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

/** One core that serves 100/s, requested as the shape says. */
async function bottleneckOf(source: string, run: string, faults = '[]') {
  const { design, problems } = readDesign(
    `loadpath: 1
name: in time
traffic: { visitors: { ${source}, requests: { page: { to: web } } } }
blocks:
  web: { type: service, instances: 2, endpoints: { page: [{ compute: 10ms }] } }
  far: { type: service, endpoints: { any: [{ compute: 1ms }] } }
faults: ${faults}
run: ${run}
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const { bottleneck } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  return bottleneck
}

describe('the bottleneck of a run whose load changes', () => {
  it('has the utilization of the spike that saturates it, not the mean over the run', async () => {
    const source = 'rate: 80/s, shape: { type: spike, factor: 2.625, at: 60s, for: 30s }'
    const found = await bottleneckOf(source, '{ for: 300s, repeat: 10 }')
    expect(found?.phase).toMatchObject({ fromMs: 60_000, toMs: 90_000 })
    expect(found?.saturationLoad).toBeCloseTo(1 / 1.05, 1)
  })

  it('has the utilization of the step with the higher load, even below saturation', async () => {
    const source = 'rate: 50/s, shape: { type: spike, factor: 3, at: 60s, for: 60s }'
    const found = await bottleneckOf(source, '{ for: 300s, repeat: 10 }')
    expect(found).toMatchObject({ block: 'web', phase: { fromMs: 60_000, toMs: 120_000 } })
    expect(found?.utilization).toBeCloseTo(0.75, 1)
    expect(found?.saturationLoad).toBeCloseTo(1 / 0.75, 1)
  })

  it('has the utilization at the peak of a diurnal shape, which has no phases', async () => {
    const source = 'rate: 100/s, shape: { type: diurnal, peak: 1.8, trough: 0.2, period: 200s, peak-at: 100s }'
    const found = await bottleneckOf(source, '{ for: 400s, repeat: 5 }')
    expect([found?.phase, found?.utilization]).toEqual([undefined, expect.closeTo(0.5, 1)])
    expect(found?.peak).toBeCloseTo(1.8, 1)
    expect(found?.saturationLoad).toBeCloseTo(1 / 0.9, 1)
  })

  it('has the utilization of the phase in which a fault slows the block', async () => {
    const found = await bottleneckOf(
      'rate: 60/s',
      '{ for: 100s, repeat: 10 }',
      '[{ slow: web, factor: 2, at: 40s, for: 20s }]',
    )
    expect(found).toMatchObject({ phase: { fromMs: 40_000, toMs: 60_000 } })
    expect(found?.saturationLoad).toBeCloseTo(1 / 0.6, 1)
  })

  it('has the utilization of the whole run if no phase differs', async () => {
    const [alike, steady] = [
      await bottleneckOf('rate: 100/s', '{ for: 60s, repeat: 5 }', '[{ crash: far, at: 30s, for: 1s }]'),
      await bottleneckOf('rate: 100/s', '{ until: 5% }'),
    ]
    for (const one of [alike, steady]) {
      expect([one?.phase, one?.peak]).toEqual([undefined, undefined])
      expect(one?.saturationLoad).toBeCloseTo(2, 0)
    }
  })
})

describe('the bottleneck of a run that begins with a backlog', () => {
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const answerTo = async (queue: string, { rate = '75/s', length = '40s', more = '' } = {}) => {
    const { design, problems } = readDesign(
      `loadpath: 1
name: a backlog
traffic: { v: { rate: ${rate}, arrival: regular, requests: { put: { to: jobs } } } }
blocks:
  jobs: { type: queue, ${queue} }
  ${more}
run: { for: ${length}, repeat: 5 }
`,
      catalogue,
    )
    if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
    return (await simulate(design, { runner, longer: false })).bottleneck
  }

  it('saturates at the load that its workers can carry forever, whatever the backlog', async () => {
    const backlog = await answerTo('start: 500, workers: { compute: 10ms }')
    expect(backlog).toMatchObject({ block: 'jobs', isWithBacklog: true, utilization: expect.closeTo(0.875, 2) })
    expect(backlog?.saturationLoad).toBeCloseTo(1 / 0.75, 2)
    // Worked off just at the end of the run: full all the time, at half the load that it can bear.
    const busy = await answerTo('start: 1000, workers: { compute: 10ms }', { rate: '50/s', length: '20s' })
    expect([busy?.utilization, busy?.saturationLoad]).toEqual([expect.closeTo(1, 2), expect.closeTo(2, 1)])
    const none = await answerTo('workers: { compute: 10ms }')
    expect(none?.isWithBacklog).toBeUndefined()
  })

  it('excludes the backlog also at the database that its workers call', async () => {
    const more = 'db: { type: database, cores: 1, read: 10ms }'
    const found = await answerTo('start: 500, workers: { instances: 9, compute: 1ms, call: db.read }', { more })
    expect(found).toMatchObject({ block: 'db', isWithBacklog: true })
    expect(found?.saturationLoad).toBeCloseTo(1 / 0.75, 1)
  })

  it('is the resource that traffic saturates, not the one that the backlog fills for a while', async () => {
    const found = await answerTo('start: 1000, workers: { compute: 10ms, call: db.read }', {
      rate: '50/s',
      length: '60s',
      more: 'db: { type: database, cores: 1, read: 1ms }',
    })
    expect(found).toMatchObject({ block: 'jobs', resource: 'workers' })
    expect(found?.saturationLoad).toBeCloseTo(1 / 0.55, 1)
  })

  it('is absent if nothing but the backlog arrives', async () => {
    expect(await answerTo('start: 10, workers: { compute: 10ms }', { rate: '0/s' })).toBeNull()
  })
})

it('the bottleneck is the cores of a saturated database, not the workers that wait for it', async () => {
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  const seeds = [1, 2, 3, 4]
  let saturationLoads = 0
  for (const seed of seeds) {
    const { design } = readDesign(
      `loadpath: 1
name: held
traffic: { visitors: { rate: 120/s, requests: { page: { to: web } } } }
blocks:
  web: { type: service, workers: 30, cores: 30, endpoints: { page: [{ compute: 1ms }, { call: db }] } }
  db: { type: database, cores: 1, read: exponential 10ms }
run: { seed: ${seed} }
`,
      catalogue,
    )
    if (design === undefined) throw new Error('the design is refused')
    const { bottleneck, verdict } = await simulate(design, { runner, longer: false })
    expect(bottleneck).toMatchObject({ block: 'db', resource: 'cores' })
    expect(verdict.sentence).toMatch(/web handles .* its backlog grows by \d+\/s; the cores of db are saturated/)
    saturationLoads += bottleneck?.saturationLoad ?? Number.NaN
  }
  // The rate of 60,000 Poisson arrivals times the mean of 50,000 exponential times at db: the last pilot of each seed.
  const standardError = (1 / 1.2) * Math.sqrt((1 / 60_000 + 1 / 50_000) / seeds.length)
  expect(Math.abs(saturationLoads / seeds.length - 1 / 1.2)).toBeLessThan(3 * standardError)
})
