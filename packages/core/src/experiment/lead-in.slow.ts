import { describe, expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import type { Estimate } from '../stats/estimate.ts'
import { mm1, mva } from '../theory/index.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { compare } from './compare.ts'
import { replicate } from './replicate.ts'
import { type SimulateOptions, simulate } from './simulate.ts'
import type { Task } from './task.ts'

type Rest = Readonly<Record<string, unknown>>

function designOf(rest: Rest) {
  const { design, problems } = readObject({ loadpath: 1, name: 'from the steady state', ...rest }, catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  if (design === undefined) throw new Error('the design is refused')
  return design
}

const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))

const answerTo = (rest: Rest, options: Partial<SimulateOptions> = {}): Promise<Answer> =>
  simulate(designOf(rest), { runner, longer: false, ...options })

/** Expects intervals that hold a value, each at most this share of the value wide to one side. */
function expectHeld(estimates: readonly Estimate[], value: number, share: number): void {
  for (const estimate of estimates) {
    if (!estimate.sufficient) throw new Error(estimate.reason)
    expect([estimate.low < value, estimate.high > value], `${estimate.low} to ${estimate.high}`).toEqual([true, true])
    expect((estimate.high - estimate.low) / 2 / value).toBeLessThan(share)
  }
}

const measured = ({ objectives }: Answer) => objectives.map((objective) => objective.measured)
const exact = (estimates: readonly Estimate[]) => estimates.map((one) => (one.sufficient ? one.point : one.reason))

const server = (compute: string) => ({ type: 'service', workers: 1, endpoints: { page: [{ compute }] } })
// Arrivals at regular times never forget when they began: to look for how long that takes is in vain.
const fewEvents = { events: '3M' }
const queue = { web: server('exponential 10ms') }
const visitors = (source: Rest, to = 'web') => ({ t: { ...source, requests: { page: { to } } } })

describe('a run that begins in the steady state', () => {
  it('M/M/1 at 90 % has its mean response time from the first second on', async () => {
    const windows = ['0s to 1s', '1s to 4s', '4s to 8s']
    const answer = await answerTo({
      traffic: visitors({ rate: '90/s' }),
      blocks: queue,
      run: { for: '10s', repeat: 600, start: 'warmed' },
      objectives: windows.flatMap((window) => [`page.mean < 100ms from ${window}`, `web.in-flight < 9 from ${window}`]),
    })
    const distribution = mm1(90, 100)
    const times = measured(answer).filter((_, i) => i % 2 === 0)
    const levels = measured(answer).filter((_, i) => i % 2 === 1)
    expectHeld(times, 1000 * distribution.meanResponse, 0.15)
    expectHeld(levels, distribution.meanInSystem, 0.15)
    expect(answer.run.leadIn).toEqual({ lengthMs: expect.any(Number), emptyBecause: null })
    // Whole replications are counted, and no more than those.
    expect([answer.run.lengthMs, answer.run.warmUpMs]).toEqual([10_000, 0])
    expectHeld([answer.requests[0]?.offeredPerSecond as Estimate], 90, 0.01)
    expectHeld([answer.requests[0]?.throughputPerSecond as Estimate], 90, 0.01)
  })

  it('a warmed closed loop has its steady throughput from 0 s on', async () => {
    const answer = await answerTo({
      traffic: visitors({ users: 15, think: 'exponential 1s' }),
      blocks: { web: server('exponential 60ms') },
      run: { for: '5s', repeat: 300, start: 'warmed' },
      objectives: ['page.throughput > 1/s from 0s to 1s', 'page.throughput > 1/s from 4s to 5s'],
    })
    expectHeld(measured(answer), 1000 * mva([60], 1000, 15).throughput, 0.04)
  })

  it.each([
    ['constant', '10s'],
    ['log-normal', { p50: '8s', p99: '40s' }],
  ])('users whose think is %s do not begin it together', async (_, think) => {
    const answer = await answerTo({
      traffic: visitors({ users: 1000, think }),
      blocks: { web: { type: 'service', endpoints: { page: [{ wait: '1ms' }] } } },
      run: { for: '2s', repeat: 40, start: 'warmed', limit: fewEvents },
      objectives: ['page.throughput > 1/s from 0s to 1s', 'page.throughput > 1/s from 1s to 2s'],
    })
    const spread = Math.log(5) / 2.3263478740408408
    const meanMs = typeof think === 'string' ? 10_000 : 8000 * Math.exp(spread ** 2 / 2)
    expectHeld(measured(answer), 1e6 / (meanMs + 1), 0.05)
  })

  it('a queue has its backlog from the first second on, and workers as busy as later', async () => {
    const answer = await answerTo({
      traffic: visitors({ rate: '80/s' }),
      blocks: {
        web: { type: 'service', cores: 64, endpoints: { page: [{ publish: 'q' }] } },
        q: { type: 'queue', workers: { instances: 1, compute: 'exponential 10ms' } },
      },
      run: { for: '5s', repeat: 400, start: 'warmed' },
      objectives: ['q.in-flight < 4 from 0s to 1s', 'q.in-flight < 4 from 3s to 5s'],
    })
    expectHeld(measured(answer), mm1(80, 100).meanInSystem, 0.15)
  })

  it('pauses that never end belong to the steady state', async () => {
    const answer = await answerTo({
      traffic: visitors({ rate: '1000/s' }),
      blocks: { web: { type: 'service', endpoints: { page: [{ wait: '1ms' }] } } },
      faults: [{ pause: 'web', every: 'exponential 100ms', for: '100ms' }],
      run: { for: '10ms', repeat: 400, start: 'warmed' },
      objectives: ['web.in-flight < 26 from 0ms to 5ms'],
    })
    // Half of the time is pauses of 100 ms: 25 arrive in the 25 ms that the mean request waits, and one in its work.
    expectHeld(measured(answer), 26, 0.2)
  })

  it('a cache that is to begin empty is empty at 0 s, while the rest is in its steady state', async () => {
    const answer = await answerTo({
      traffic: {
        t: { rate: '100/s', arrival: 'regular', requests: { page: { to: 'album', key: 'zipf 0.9 over 1000' } } },
      },
      blocks: {
        album: { type: 'cache', of: 'db', capacity: 1000, start: 'empty' },
        db: { type: 'database', read: '1ms' },
      },
      run: { for: '1s', repeat: 5, start: 'warmed', limit: fewEvents },
      objectives: ['album.hit-ratio > 0% from 0ms to 5ms', 'album.hit-ratio > 0% from 900ms to 1s'],
    })
    const [first, last] = exact(measured(answer))
    expect(first).toBe(0)
    expect(last).toBeGreaterThan(0.2)
  })
})

describe('the times of a run that begins in the steady state', () => {
  const regular = { rate: '100/s', arrival: 'regular' }

  it('a fault strikes and ends when it should', async () => {
    const answer = await answerTo({
      traffic: visitors(regular),
      blocks: { web: { type: 'service', endpoints: { page: [{ compute: '1ms' }] } } },
      faults: [{ crash: 'web', at: '2s', for: '1s' }],
      run: { for: '5s', repeat: 2, start: 'warmed', limit: fewEvents },
    })
    const counts = [200, 0, 200]
    expect(answer.phases.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [0, 2000],
      [2000, 3000],
      [3000, 5000],
    ])
    answer.phases.forEach(({ requests: { ledger } }, i) => {
      expect(Math.abs(ledger.answered / 2 - (counts[i] as number))).toBeLessThanOrEqual(1)
    })
  })

  it('a spike comes and goes when it should', async () => {
    const answer = await answerTo({
      traffic: visitors({ ...regular, shape: { type: 'spike', factor: 5, at: '2s', for: '1s' } }),
      blocks: { web: { type: 'service', endpoints: { page: [{ compute: '1ms' }] } } },
      run: { for: '5s', repeat: 2, start: 'warmed', limit: fewEvents },
    })
    expect(answer.phases.map(({ fromMs }) => fromMs)).toEqual([0, 2000, 3000])
    const counts = answer.phases.map(({ requests }) => requests.ledger.offered / 2)
    counts.forEach((count, i) => {
      expect(Math.abs(count - ([200, 500, 200][i] as number))).toBeLessThanOrEqual(1)
    })
  })

  it('a request that is followed arrives and ends within the run', async () => {
    const answer = await answerTo(
      { traffic: visitors({ rate: '50/s' }), blocks: queue, run: { for: '1s', repeat: 3, start: 'warmed' } },
      { traceSlowest: true, pictures: true },
    )
    const { arrivedMs = -1, endedMs = -1 } = answer.trace?.request ?? {}
    expect(arrivedMs).toBeGreaterThanOrEqual(0)
    expect(endedMs).toBeGreaterThan(arrivedMs)
    expect(endedMs).toBeLessThanOrEqual(1000)
    expect(answer.pictures?.overTime?.edgesMs.at(-1)).toBe(1000)
    // Nearly all of the few requests of the run are followed, and none from before it.
    const { answered = 0 } = answer.requests[0]?.ledger ?? {}
    expect(answer.breakdown.requestsFollowed).toBeLessThanOrEqual(answered)
    expect(answer.breakdown.requestsFollowed).toBeGreaterThan(0.9 * answered)
  })
})

describe('where a run cannot begin in the steady state', () => {
  it('an overloaded design begins empty, and the answer says why', async () => {
    const of = (start: string) =>
      answerTo({ traffic: visitors({ rate: '150/s' }), blocks: queue, run: { for: '1s', repeat: 5, start } })
    const [warmed, empty] = [await of('warmed'), await of('empty')]
    expect(warmed.run.leadIn).toEqual({ lengthMs: 0, emptyBecause: 'web is overloaded' })
    expect(empty.run.leadIn).toBeUndefined()
    expect(warmed.requests).toEqual(empty.requests)
  })

  it('a design to which nothing comes at first begins empty, as that is its steady state', async () => {
    const answer = await answerTo({
      traffic: visitors({ rate: '100/s', shape: { type: 'ramp', from: 0, to: 1, at: '1s', for: '1s' } }),
      blocks: queue,
      run: { for: '3s', repeat: 2, start: 'warmed' },
    })
    expect(answer.run.leadIn).toBeUndefined()
  })

  it('work 20 % longer that overloads the design is an overload, not a run from empty', async () => {
    const run = { for: '1s', repeat: 40, start: 'warmed' }
    const answer = await answerTo({ traffic: visitors({ rate: '90/s' }), blocks: queue, run }, { longer: true })
    const [p50] = answer.requests[0]?.percentiles ?? []
    expect(p50?.serviceTimePlus20).toBe(Number.POSITIVE_INFINITY)
  })
})

it('a run that begins in the steady state gives the same bytes in whatever order its replications are run', async () => {
  const backwards = (tasks: readonly Task[]) => runner([...tasks].reverse()).then((done) => [...done].reverse())
  const rest = {
    traffic: visitors({ rate: '50/s', shape: { type: 'spike', factor: 2, at: '1s', for: '1s' } }),
    blocks: queue,
    faults: [{ pause: 'web', every: 'exponential 10s', for: '100ms' }],
    run: { for: '3s', repeat: 6, start: 'warmed' },
  }
  expect(JSON.stringify(await answerTo(rest, { runner: backwards }))).toBe(JSON.stringify(await answerTo(rest)))
})

it('variants begin at the same moment, so that they are paired', async () => {
  const leadIns = new Set<number | undefined>()
  const of = (compute: string) =>
    designOf({
      traffic: visitors({ rate: '50/s' }),
      blocks: { web: server(compute) },
      run: { for: '1s', repeat: 40, start: 'warmed' },
    })
  const { differences } = await compare([of('exponential 10ms'), of('exponential 16ms')], {
    longer: false,
    runner: (tasks) => {
      for (const { plan, replication } of tasks) if (replication < 40) leadIns.add(plan.leadInMs)
      return runner(tasks)
    },
  })
  expect(leadIns.size).toBe(1)
  expect(differences[0]?.measures.find(({ measure }) => measure === 'p50')?.verdict).toBe('higher')
})
