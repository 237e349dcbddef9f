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
  it('has no mean where the limit of events leaves no room for them, and says what would', async () => {
    const design = designOf({ servers: 1, load, run: '{ until: 50%, limit: { events: 500k } }' })
    const { mean, stopped } = await answerTo(design, 1, [])
    const reason = 'the run ended before it had measured a steady state'
    expect(mean).toEqual({ enough: false, reason, replications: 20 })
    expect(stopped).toMatch(/a replication has to last \d+ s; set run.limit.events to at least \d+M$/)
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
