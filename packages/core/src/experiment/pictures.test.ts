import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import type { Answer, OverTimeAnswer, PicturesAnswer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { type SimulateOptions, simulate } from './simulate.ts'
import type { Task } from './task.ts'

/** Two callers of one database, one of which, behind a balancer, fails for a while. */
const twoCallers = {
  loadpath: 1,
  name: 'two callers',
  traffic: { visitors: { rate: '200/s', requests: { page: { to: 'front' }, report: { to: 'batch' } } } },
  blocks: {
    front: { type: 'load-balancer', targets: 'web' },
    web: { type: 'service', cores: 2, endpoints: { page: [{ compute: '1ms' }, { call: 'store.read' }] } },
    batch: {
      type: 'service',
      cores: 2,
      endpoints: { report: [{ parallel: [{ call: 'store.read' }, { call: 'store.read' }] }] },
    },
    store: { type: 'database', read: '1ms' },
  },
  faults: [{ crash: 'web', at: '4s', for: '2s' }],
  run: { for: '10s', repeat: 10 },
}

function read(document: object) {
  const { design, problems } = readObject(document, catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  if (design === undefined) throw new Error('the design is sound')
  return design
}

async function answerTo(document: object, options: Partial<SimulateOptions> = {}): Promise<Answer> {
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  return simulate(read(document), { runner, longer: false, ...options })
}

function picturesOf({ pictures }: Answer): PicturesAnswer {
  if (pictures === null) throw new Error('pictures were requested')
  return pictures
}

function overTimeOf(answer: Answer): OverTimeAnswer {
  const { overTime } = picturesOf(answer)
  if (overTime === null) throw new Error('something changes with time')
  return overTime
}

it('pictures change no other part of the answer, and are the same each time', async () => {
  const plain = await answerTo(twoCallers)
  const first = await answerTo(twoCallers, { pictures: true })
  expect(plain.pictures).toBe(null)
  expect(JSON.stringify({ ...first, pictures: null })).toBe(JSON.stringify(plain))
  expect(JSON.stringify(await answerTo(twoCallers, { pictures: true }))).toBe(JSON.stringify(first))
})

it('the calls between blocks add up to the arrivals, also from parallel branches', async () => {
  const answer = await answerTo(twoCallers, { pictures: true })
  const { calls } = picturesOf(answer)
  expect(calls.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'batch store',
    'front web',
    'web store',
    'visitors batch',
    'visitors front',
  ])
  for (const { name, arrivedPerSecond } of answer.blocks) {
    const sum = calls
      .filter(({ to }) => to === name)
      .reduce((total, { perSecond }) => total + (perSecond.sufficient ? perSecond.point : Number.NaN), 0)
    expect(sum).toBeCloseTo(arrivedPerSecond.sufficient ? arrivedPerSecond.point : Number.NaN, 9)
  }
})

it('time slices begin at events and add up to the requests offered and answered', async () => {
  const answer = await answerTo(twoCallers, { pictures: true })
  const { edgesMs, events, replications, requests, blocks } = overTimeOf(answer)
  expect({ replications, events, slices: edgesMs.length - 1 }).toEqual({
    replications: 10,
    events: [
      { atMs: 4000, label: 'web down' },
      { atMs: 6000, label: 'web back' },
    ],
    slices: 60,
  })
  expect([edgesMs[0], edgesMs.includes(4000), edgesMs.includes(6000), edgesMs.at(-1)]).toEqual([0, true, true, 10_000])
  const all = requests[0] as (typeof requests)[number]
  const count = (perSecond: readonly (number | null)[]) =>
    perSecond.reduce<number>((sum, rate, i) => {
      return (
        sum + (((rate ?? Number.NaN) * ((edgesMs[i + 1] as number) - (edgesMs[i] as number))) / 1000) * replications
      )
    }, 0)
  const ledger = (answer.requests[0] as Answer['requests'][number]).ledger
  expect(count(all.offeredPerSecond.point)).toBeCloseTo(ledger.offered, 6)
  expect(count(all.throughputPerSecond.point)).toBeCloseTo(ledger.answered, 6)
  const whileDown = edgesMs.findIndex((atMs) => atMs >= 4500)
  expect(requests.find(({ name }) => name === 'visitors.page')?.availability.point[whileDown]).toBe(0)
  expect(blocks.find(({ name }) => name === 'web')?.resources[0]?.utilization.point[whileDown]).toBeCloseTo(0, 9)
})

it('a steady-state run has no plot over time, and an overloaded run no percentiles', async () => {
  const steady = {
    ...twoCallers,
    traffic: { visitors: { rate: '100/s', requests: { page: { to: 'web' } } } },
    faults: [],
    run: { until: '5%' },
  }
  const carried = picturesOf(await answerTo(steady, { pictures: true }))
  expect(carried.overTime).toBe(null)
  expect(carried.distributions.map(({ name }) => name)).toEqual(['all'])
  const percentiles = carried.distributions[0]?.percentiles ?? []
  const points = percentiles.flatMap(({ estimate }) => (estimate.sufficient ? [estimate.point] : []))
  expect(points.length).toBeGreaterThan(5)
  expect(points).toEqual(points.toSorted((a, b) => a - b))

  const drowned = { ...steady, traffic: { visitors: { rate: '5000/s', requests: { page: { to: 'web' } } } } }
  const answer = await answerTo(drowned, { pictures: true })
  expect(answer.verdict.outcome).toBe('overloaded')
  expect(picturesOf(answer).distributions).toEqual([])
  expect(overTimeOf(answer).requests.map(({ percentiles: none }) => none)).toEqual([[]])
  const inside = overTimeOf(answer).blocks.find(({ name }) => name === 'web')?.inFlight.point ?? []
  expect(inside.length).toBeGreaterThan(10)
  expect(inside.at(-1)).toBeGreaterThan(1.5 * (inside[0] ?? Number.NaN))
})

it('a run without pictures skips the simulation for pictures', async () => {
  const asked: Task[] = []
  const runner = async (tasks: readonly Task[]) => {
    asked.push(...tasks)
    return tasks.map((task) => replicate(task))
  }
  await answerTo(twoCallers, { runner })
  expect(asked.map(({ closeUp }) => closeUp === true)).toEqual(asked.map(() => false))
  expect(asked.length).toBe(10)
})
