import { describe, expect, it } from 'vitest'
import { Call } from '../../../kernel/call.ts'
import { Simulation } from '../../../kernel/simulation.ts'
import { readValue } from '../../../language/read-value.ts'
import { type Chosen, policy } from '../../../support/params.ts'
import { RateGate } from './gate.ts'
import { GateMeters } from './gate-meters.ts'
import { rateLimits } from './index.ts'

const family = policy({ meaning: 'rate limit', family: rateLimits })

/** A gate with what calls have met at it. */
function gate(text: string) {
  const kinds = [
    { source: 'people', name: 'read', index: 0 },
    { source: 'people', name: 'write', index: 1 },
    { source: 'robots', name: 'read', index: 2 },
  ]
  const simulation = new Simulation({ seed: 1, replication: 0, kinds, workFactor: 1, tracer: null })
  const { agenda } = simulation
  const log: string[] = []
  const chosen = readValue(text, family, 'test').value as Chosen
  const meters = new GateMeters(chosen, 1)
  const one = new RateGate(simulation, chosen, meters, ({ request }) => void log.push(`${request} at ${agenda.nowMs}`))
  const come = (request: number, kind = 0, session = 0) => {
    const call = Object.assign(new Call(), { request, kind, session })
    const entered = one.enter(call)
    log.push(entered === 'now' ? `${request} at ${agenda.nowMs}` : `${request} ${entered}`)
    return call
  }
  const run = () => agenda.runUntil(1e6, 1000)
  return { one, log, meters, level: meters.waiting, come, run, agenda }
}

describe('a rate limit', () => {
  it('refuses a call that comes too early', () => {
    const { come, log } = gate('token-bucket 1/s')
    come(1)
    come(2)
    expect(log).toEqual(['1 at 0', '2 full'])
  })

  it('that blocks spaces calls at its rate, has `limit` of them wait, and refuses the others', () => {
    const { come, log, run, level } = gate('{ type: leaky-bucket, rate: 1/s, overflow: block, limit: 3 }')
    for (let i = 1; i <= 5; i++) come(i)
    expect(level.value).toBe(3)
    run()
    expect(log).toEqual(['1 at 0', '2 later', '3 later', '4 later', '5 full', '2 at 1000', '3 at 2000', '4 at 3000'])
    expect(level.value).toBe(0)
  })

  it('gives the turn of a call that left to the next', () => {
    const { one, come, log, run } = gate('{ type: token-bucket, rate: 1/s, overflow: block }')
    come(1)
    const left = come(2)
    come(3)
    expect([one.unqueue(left), one.unqueue(left)]).toEqual([true, false])
    run()
    expect(log.at(-1)).toBe('3 at 1000')
  })

  it('per client is one for each session of a source', () => {
    const { come, log } = gate('{ type: token-bucket, rate: 1/s, per: client }')
    come(1, 0, 1)
    come(2, 0, 2)
    come(3, 1, 1)
    come(4, 2, 1)
    expect(log).toEqual(['1 at 0', '2 at 0', '3 full', '4 at 0'])
  })

  it('per caller is one for each source that calls', () => {
    const { come, log } = gate('{ type: token-bucket, rate: 1/s, per: caller }')
    come(1, 0, 1)
    come(2, 1, 2)
    come(3, 2, 1)
    expect(log).toEqual(['1 at 0', '2 full', '3 at 0'])
  })

  it('of a process that begins again has forgotten all calls', () => {
    const { one, come, log, level } = gate('{ type: token-bucket, rate: 1/s, overflow: block }')
    come(1)
    come(2)
    one.clear()
    one.forget()
    come(3)
    expect([log, level.value]).toEqual([['1 at 0', '2 later', '3 at 0'], 0])
  })

  it('is in use for no more than all of the time, also after a burst', () => {
    const { come, meters } = gate('{ type: token-bucket, rate: 1/s, burst: 3 }')
    for (let i = 1; i <= 3; i++) come(i)
    const [use] = meters.resources
    expect([0, 500, 3000, 9000].map((nowMs) => use?.areaAt(nowMs))).toEqual([0, 500, 3000, 3000])
  })
})
