import { describe, expect, it } from 'vitest'
import { mm1 } from '../theory/mm1.ts'
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
