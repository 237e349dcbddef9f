import { describe, expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { mmc } from '../theory/mmc.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

type Fields = Readonly<Record<string, unknown>>

/** Requests to `web`, which works so long for each. */
async function answerOf(traffic: Fields, web: Fields, rest: Fields = {}): Promise<Answer> {
  const blocks = { web: { type: 'service', ...web } }
  const visitors = { ...traffic, requests: { page: { to: 'web' } } }
  const { design, problems } = readObject(
    { loadpath: 1, name: 'full', traffic: { visitors }, blocks, ...rest },
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

/** Rates and use of a run without a steady state would be those of its start; counts are true of it. */
function expectNothingEstimated({ requests, blocks, run, breakdown }: Answer): void {
  expect(run.isUnsettled).toBe(true)
  const [all] = requests
  expect([all?.offeredPerSecond.sufficient, all?.throughputPerSecond.sufficient]).toEqual([false, false])
  for (const { arrivedPerSecond, resources, mean, inFlight: inside } of blocks) {
    const found = [arrivedPerSecond, mean, inside, ...resources.flatMap((one) => [one.utilization, one.mean])]
    expect(found.filter(({ sufficient: enough }) => enough)).toEqual([])
  }
  expect(breakdown.parts).toEqual([])
  expect(all?.ledger.offered).toBeGreaterThan(0)
}

const working = (compute: string) => ({ page: [{ compute }] })

describe('a steady run of a server that is sent as much work as it can do', () => {
  it.each([
    ['one server', '1/s', { workers: 1, endpoints: working('exponential 1s') }],
    ['one server with constant work', '1/s', { workers: 1, endpoints: working('1s') }],
    ['shared cores', '1/s', { endpoints: working('exponential 1s') }],
    ['a hundred servers', '100/s', { workers: 100, cores: 100, endpoints: working('exponential 1s') }],
  ])('%s: says at once that the backlog never stops growing', async (_which, rate, web) => {
    const answer = await answerOf({ rate }, web)
    const { verdict, requests, bottleneck, run } = answer
    expect(verdict.outcome).toBe('overloaded')
    expect(verdict.sentence).toContain('web receives exactly the work that its cores can do')
    expect(requests[0]?.mean).toMatchObject({ sufficient: false })
    expect(requests[0]?.percentiles.filter(({ estimate }) => estimate.sufficient)).toEqual([])
    expect(bottleneck).toMatchObject({ block: 'web', saturationLoad: 1, utilization: 1 })
    expectNothingEstimated(answer)
    expect(run.events).toBeLessThan(2e6)
  })

  it('says what it receives where it cannot be told from that within the limit of events', async () => {
    const answer = await answerOf(
      { rate: '1/s' },
      { workers: 1, endpoints: { page: [{ wait: 'exponential 1s' }] } },
      { run: { bounds: { events: '30M' } } },
    )
    const { verdict, run, bottleneck } = answer
    expect(verdict.outcome).toBe('inconclusive')
    expect(bottleneck).toBeNull()
    expectNothingEstimated(answer)
    expect(verdict.sentence).toMatch(/the load on the workers of web is 9\d\.\d+ to 10\d\.\d % of capacity/)
    expect(run.events).toBeLessThan(8e6)
  })
})

describe('a steady state that a full server has all the same', () => {
  it('regular arrivals of constant work never wait', async () => {
    const { verdict, requests } = await answerOf(
      { rate: '1/s', arrival: 'regular' },
      { workers: 1, endpoints: working('1s') },
    )
    expect(verdict.outcome).toBe('carries')
    expect(requests[0]?.mean).toMatchObject({ sufficient: true, point: 1000 })
  })

  it('a closed loop never has more requests in flight than users', async () => {
    const { verdict } = await answerOf(
      { users: 50, think: 'exponential 1s' },
      { workers: 1, endpoints: working('exponential 100ms') },
    )
    expect(verdict.outcome).toBe('carries')
  })

  it('a queue with a limit turns away what is too much', async () => {
    const { verdict, requests } = await answerOf(
      { rate: '100/s' },
      { workers: 1, limit: 5, endpoints: working('exponential 10ms') },
    )
    expect(verdict.outcome).toBe('failing')
    expect(requests[0]?.mean).toMatchObject({ sufficient: true })
  })

  it('a hundred servers at 97 % are measured as ever', async () => {
    const { verdict, requests } = await answerOf(
      { rate: '97/s' },
      { workers: 100, cores: 100, endpoints: working('exponential 1s') },
      { run: { until: '10%' } },
    )
    expect(verdict.outcome).toBe('carries')
    const mean = requests[0]?.mean
    const right = 1000 * mmc(100, 97, 1).meanResponse
    expect(mean?.sufficient === true && [mean.low < right, right < mean.high]).toEqual([true, true])
  })
})
