import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import type { Answer, ObjectiveAnswer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(name: string, rest: Readonly<Record<string, unknown>>): Promise<Answer> {
  const { design, problems } = readObject({ loadpath: 1, name, ...rest }, catalogue)
  expect(problems).toEqual([])
  if (design === undefined) throw new Error('the design is refused')
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
}
const verdicts = ({ objectives }: Answer) => objectives.map(({ objective, verdict }) => `${verdict}: ${objective.text}`)
const atLeast = ({ measured }: ObjectiveAnswer) => (measured.sufficient ? Number.NaN : (measured.atLeast ?? Number.NaN))

// A hundred a second, each of 1 ms, for 2 s; then each of 10 s, so that none is answered any more.
it('a percentile among requests without an answer is at least their age', async () => {
  const answer = await answerTo('no answers from 2 s on', {
    traffic: { gen: { rate: '100/s', arrival: 'regular', requests: { get: { to: 'web' } } } },
    blocks: { web: { type: 'service', workers: 1, endpoints: { get: [{ compute: '1ms' }] } } },
    faults: [{ slow: 'web', factor: 10000, at: '2s' }],
    run: { for: '10s', repeat: 10 },
    objectives: [
      'get.mean < 100ms',
      'get.p50 < 10s',
      'get.p99 < 10s',
      'get.p99 < 1s',
      'get.p99 > 1s',
      'availability > 50%',
      'availability < 10%',
    ],
  })
  expect(verdicts(answer)).toEqual([
    'inconclusive: get.mean < 100ms',
    'inconclusive: get.p50 < 10s',
    'inconclusive: get.p99 < 10s',
    'missed: get.p99 < 1s',
    'met: get.p99 > 1s',
    'inconclusive: availability > 50%',
    'missed: availability < 10%',
  ])
  const [, p50, p99] = answer.objectives.map(atLeast)
  // Of 1,000 the 500th and the 990th, by age: 3 s and 7.9 s.
  expect([p50, p99]).toEqual([expect.closeTo(2995, -2), expect.closeTo(7890, -2)])
  const [web] = answer.blocks
  expect([web?.mean.sufficient, answer.requests[0]?.mean]).toEqual([
    false,
    { sufficient: false, reason: '80 % of the requests have no answer yet', replications: 10 },
  ])
})

// Five times the rate, which is two and a half times what is carried, in the last 10 s; the backlog drains in 15 s.
it('a percentile of a run that ends within a spike is a lower bound for that of a longer run', async () => {
  const design = (seconds: number) => ({
    traffic: {
      u: {
        rate: '100/s',
        shape: { type: 'spike', factor: 5, at: '50s', for: '10s' },
        requests: { get: { to: 'web' } },
      },
    },
    blocks: { web: { type: 'service', workers: 1, endpoints: { get: [{ compute: 'exponential 5ms' }] } } },
    run: { for: `${seconds}s`, repeat: 10 },
    objectives: ['get.p95 < 8s from 0s to 60s', 'get.p99 < 5s from 0s to 60s'],
  })
  const cut = await answerTo('a spike at the end', design(60))
  expect(verdicts(cut).map((text) => text.split(':')[0])).toEqual(['inconclusive', 'missed'])
  const whole = await answerTo('a spike, drained', design(120))
  expect(verdicts(whole).map((text) => text.split(':')[0])).toEqual(['missed', 'missed'])
  const [p95] = whole.objectives
  expect(p95?.measured.sufficient && p95.measured.low).toBeGreaterThan(atLeast(cut.objectives[0] as ObjectiveAnswer))
})

// A worker that is always busy with 20 ms answers 50/s, however many arrive.
it('throughput counts the answers within a window, not the arrivals', async () => {
  const answer = await answerTo('twice as slow for 40 s', {
    traffic: { v: { rate: '60/s', requests: { view: { to: 'web' } } } },
    blocks: {
      web: { type: 'service', workers: 1, cores: 1, endpoints: { view: [{ compute: 'exponential 10ms' }] } },
    },
    faults: [{ slow: 'web', factor: 2, at: '60s', for: '40s' }],
    run: { for: '160s', repeat: 10 },
    objectives: ['throughput < 51/s from 60s to 100s', 'web.throughput < 51/s from 60s to 100s'],
  })
  expect(verdicts(answer).map((text) => text.split(':')[0])).toEqual(['met', 'met'])
  const [requests, calls] = answer.objectives.map(({ measured }) => (measured.sufficient ? measured.point : Number.NaN))
  expect(requests).toBeCloseTo(calls as number, 9)
  const offered = answer.phases.map((phase) => phase.requests.offeredPerSecond)
  expect(offered[1]).toMatchObject({ point: expect.closeTo(60, -1) })
})

it('the mean of a block is insufficient data if many of its calls are still in flight', async () => {
  const answer = await answerTo('half of the calls outlast the run', {
    traffic: { gen: { rate: '5/s', arrival: 'regular', requests: { get: { to: 'web' } } } },
    blocks: {
      web: { type: 'service', workers: 'unlimited', endpoints: { get: [{ branch: '50%', do: [{ wait: '100s' }] }] } },
    },
    run: { for: '30s', repeat: 10 },
    objectives: ['get.mean < 100s', 'web.mean < 100s'],
  })
  expect(verdicts(answer).map((text) => text.split(':')[0])).toEqual(['inconclusive', 'inconclusive'])
  expect(answer.blocks[0]?.mean).toMatchObject({
    reason: expect.stringMatching(/^5\d % of the calls have no answer yet$/),
  })
})

it('the mean of a block with a growing backlog misses any upper bound', async () => {
  const answer = await answerTo('five requests a second for one', {
    traffic: { gen: { rate: '5/s', arrival: 'regular', requests: { get: { to: 'web' } } } },
    blocks: { web: { type: 'service', workers: 1, endpoints: { get: [{ wait: '1s' }] } } },
    run: { for: '30s', repeat: 10 },
    objectives: ['get.mean < 100s', 'web.mean < 100s', 'web.wait-mean < 100s'],
  })
  expect(verdicts(answer).map((text) => text.split(':')[0])).toEqual(['missed', 'missed', 'missed'])
})

it('an availability is a range where the requests in flight at the end are stuck', async () => {
  const answer = await answerTo('one of ten hangs for good', {
    traffic: { gen: { rate: '100/s', arrival: 'regular', requests: { get: { to: 'lb', timeout: '3s' } } } },
    blocks: {
      lb: { type: 'load-balancer', targets: 'web', choice: 'round-robin', 'health-check': 'none' },
      web: { type: 'service', instances: 10, endpoints: { get: [{ wait: 'constant 1ms' }] } },
    },
    faults: [{ hang: 'web.3', at: '0s' }],
    run: { for: '30s', repeat: 10 },
  })
  // A tenth of the requests hang. Those of the last 3 s have not failed yet: 1 % of all, so 90 to 91 % may be answered.
  const availability = answer.requests[0]?.availability
  if (availability === undefined || availability.sufficient) throw new Error('there is no range')
  const { atLeast = 0, atMost = 0 } = availability
  // The ends of both intervals, of 30,000 requests each.
  expect([atLeast > 0.893 && atLeast <= 0.9, atMost >= 0.91 && atMost < 0.917]).toEqual([true, true])
  expect(answer.verdict.outcome).toBe('carries')
})
