import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { mm1 } from '../theory/mm1.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import { answerTo, contains, designOf } from './testing-coverage.ts'

// One server at 95 % forgets its state in about 800 services: half a pilot of 3,000 requests sees two of these times.
const load = 0.95

describe('a system that changes more slowly than a pilot lasts', () => {
  it('is given replications long enough to measure it', async () => {
    const { mean, stopped } = await answerTo(designOf({ servers: 1, load, run: '{ until: 50% }' }), 1, [])
    expect([stopped, contains(mean, mm1(load, 1).meanResponse)]).toEqual([null, true])
  })
  it('is given shorter ones where the limit of events has room for what is needed, and not for what is usual', async () => {
    const answerWithin = async (events: string) =>
      answerTo(designOf({ servers: 1, load, run: `{ until: 50%, bounds: { events: ${events} } }` }), 1, [])
    const [usual, shorter] = [await answerWithin('300M'), await answerWithin('1M')]
    expect([shorter.stopped, contains(shorter.mean, mm1(load, 1).meanResponse)]).toEqual([null, true])
    expect(shorter.lengthMs).toBeLessThan(usual.lengthMs)
  })
  it('has no mean where the limit of events leaves no room for them, and says what would', async () => {
    const design = designOf({ servers: 1, load, run: '{ until: 50%, bounds: { events: 500k } }' })
    const { mean, stopped } = await answerTo(design, 1, [])
    const reason = 'the run ended before steady state'
    expect(mean).toEqual({ sufficient: false, reason, replications: 20 })
    expect(stopped).toMatch(/a replication must last \d+ s; set run.bounds.events to at least \d+M$/)
  })
})

/** Requests are answered at once; their messages wait for one worker that serves 100/s. */
const published = (rate: string, events = '300M') => `loadpath: 1
name: a queue that no request waits for
traffic: { visitors: { rate: ${rate}, requests: { page: { to: web } } } }
blocks:
  web: { type: service, cores: 8, endpoints: { page: [{ compute: 1ms }, { publish: mails }] } }
  mails: { type: queue, workers: { instances: 1, compute: exponential 10ms } }
run: { bounds: { events: ${events} } }
`

async function answerOf(text: string, longer: boolean) {
  const { design } = readDesign(text, catalogue)
  if (design === undefined) throw new Error('the design is wrong')
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer })
}

describe('a queue that no request waits for', () => {
  it('is given replications long enough to measure it', async () => {
    const { blocks } = await answerOf(published('95/s'), false)
    const waiting = blocks.find(({ name }) => name === 'mails')?.queues[0]?.mean
    const right = load * (mm1(load, 1).meanResponse - 1)
    expect(waiting?.sufficient === true && [waiting.low < right, waiting.high > right]).toEqual([true, true])
  })
  it('is overloaded where a little more comes than it can do, while requests are answered as ever', async () => {
    const { verdict, requests } = await answerOf(published('102/s'), false)
    expect(verdict).toMatchObject({ outcome: 'overloaded', overloads: [{ block: 'mails' }] })
    expect(requests[0]?.percentiles[0]?.estimate).toMatchObject({ sufficient: true, point: 1 })
  })
  it('is named where the limit of events ends the run before it settles', async () => {
    const { verdict, run } = await answerOf(published('90/s', '300k'), false)
    expect(verdict.outcome).toBe('inconclusive')
    expect(run.stopped).toMatch(/^the number of calls in flight at mails changes slowly/)
  })
  it('that is overloaded with work 5 % longer makes no response time near the knee, and the verdict says so', async () => {
    const { verdict, requests } = await answerOf(published('97/s'), true)
    expect(verdict).toMatchObject({ outcome: 'carries', nearKnee: false })
    expect(verdict.sentence).toBe(
      'carries this load; with service times 5 % longer, the backlog at mails grows without limit',
    )
    expect(requests[0]?.percentiles[0]).toMatchObject({
      serviceTimePlus5: expect.closeTo(1.05, 2),
      serviceTimePlus20: expect.closeTo(1.2, 2),
      nearKnee: false,
    })
  })
})

it('settles at once where nothing is random: a request every 10 ms, each served in 1 ms', async () => {
  const text = `loadpath: 1
name: regular
traffic: { clock: { rate: 100/s, arrival: regular, requests: { tick: { to: web } } } }
blocks: { web: { type: service, workers: 1, endpoints: { tick: [{ compute: 1ms }] } } }
`
  const { design } = readDesign(text, catalogue)
  if (design === undefined) throw new Error('the design is wrong')
  const { requests, run } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  expect(run.stopped).toBe(null)
  expect(requests[0]?.mean).toMatchObject({ point: 1, low: 1, high: 1 })
  expect(run.events).toBeLessThan(2e6)
})
