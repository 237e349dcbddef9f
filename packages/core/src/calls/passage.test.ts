import { describe, expect, it } from 'vitest'
import { failedAt, ok, reasons } from '../kernel/outcome.ts'
import { connectionLimit } from '../kernel/semaphore.ts'
import { bench } from '../kernel/testing-call-site.ts'
import { GateMeters } from './guards/rate-limit/gate-meters.ts'
import { GuardedPassage, type PassageMeters, type PassageOptions, passageMeters } from './passage.ts'

const unguarded: PassageOptions = {
  breaker: undefined,
  rateLimit: undefined,
  bulkhead: undefined,
  pool: undefined,
  retryBudget: undefined,
}

const refusedBy = ({ refused }: PassageMeters) => refused.reduce((sum, count) => sum + count, 0)

/** Calls from one instance with these guards, answered after so many ms each. */
function guarded(
  options: Partial<PassageOptions>,
  { attempts = 1, answersMs = [10], outcome = ok, timeoutMs = Number.POSITIVE_INFINITY, connections = 0 } = {},
) {
  const gates = options.rateLimit === undefined ? null : new GateMeters(options.rateLimit, 1)
  const meters = passageMeters(gates)
  let passage: GuardedPassage | undefined
  const site = bench({ attempts, timeoutMs, passageOf: () => passage as GuardedPassage }, answersMs, outcome)
  const { simulation, slow } = site
  if (connections > 0) slow.visits.connectionLimit = connectionLimit(simulation, connections)
  passage = new GuardedPassage(simulation, slow, { ...unguarded, ...options }, meters)
  const at = (ms: number, calls = 1) =>
    simulation.agenda.at(
      ms,
      () => {
        for (let i = 0; i < calls; i++) site.start()
      },
      { generation: 0 },
    )
  return { ...site, meters, at, passage }
}

describe('a bulkhead', () => {
  it('lets so many calls in at once, has so many wait, and refuses the others', () => {
    const { at, run, log, meters } = guarded({ bulkhead: { calls: 1, limit: 1 } })
    at(0, 3)
    run()
    expect(log).toEqual(['bulkhead-full at 0', 'ok at 10', 'ok at 20'])
    expect([refusedBy(meters), meters.bulkhead.held.value, meters.bulkhead.waiting.value]).toEqual([1, 0, 0])
  })

  it('is before the time-out: who waits for it does not time out', () => {
    const { at, run, log } = guarded({ bulkhead: { calls: 1, limit: 5 } }, { timeoutMs: 15 })
    at(0, 2)
    run()
    expect(log).toEqual(['ok at 10', 'ok at 20'])
  })
})

describe('a rate limit', () => {
  const values = { rate: 100, burst: 1, per: undefined, overflow: 'block', limit: 1 }
  const rateLimit = { name: 'token-bucket', values }

  it('spaces calls, has so many wait, and refuses the others', () => {
    const { at, run, log, meters } = guarded({ rateLimit })
    at(0, 3)
    run()
    expect(log).toEqual(['rate-limited at 0', 'ok at 10', 'ok at 20'])
    expect([refusedBy(meters), meters.gates?.waiting.value]).toEqual([1, 0])
  })

  it('is behind the breaker and before the bulkhead', () => {
    const { at, run, log } = guarded({ rateLimit, bulkhead: { calls: 1, limit: 0 } }, { answersMs: [15] })
    at(0, 2)
    run()
    expect(log).toEqual(['bulkhead-full at 10', 'ok at 15'])
  })

  it('lets no call go that was cancelled in the meantime', () => {
    const { at, run, log, passage, meters } = guarded({ rateLimit }, { timeoutMs: 5 })
    at(0, 2)
    run()
    expect([log, meters.gates?.waiting.value, passage.mayRetry()]).toEqual([
      ['timed-out at 5', 'timed-out at 15'],
      0,
      true,
    ])
  })
})

describe('a pool', () => {
  const pool = { connections: 1, timeoutMs: Number.POSITIVE_INFINITY, limit: Number.POSITIVE_INFINITY }

  it('has calls wait for a connection, within their time-out', () => {
    const { at, run, log, meters } = guarded({ pool }, { timeoutMs: 15 })
    at(0, 2)
    run()
    expect(log).toEqual(['ok at 10', 'timed-out at 15'])
    expect([meters.pool.held.value, meters.pool.waiting.value]).toEqual([0, 0])
  })

  it.each([
    ['waits no longer than its own time-out', { ...pool, timeoutMs: 4 }, ['pool-timed-out at 4', 'ok at 10']],
    ['refuses who would wait where nobody may', { ...pool, limit: 0 }, ['pool-full at 0', 'ok at 10']],
  ])('%s', (_, options, expected) => {
    const { at, run, log } = guarded({ pool: options })
    at(0, 2)
    run()
    expect(log).toEqual(expected)
  })

  it('opens connections as it needs them and keeps them; where the store refuses one more, calls wait for those', () => {
    const { at, run, log, slow } = guarded({ pool: { ...pool, connections: 3 } }, { connections: 2 })
    at(0, 3)
    at(50, 1)
    run()
    expect(log).toEqual(['ok at 10', 'ok at 10', 'ok at 20', 'ok at 60'])
    const store = slow.visits.connectionLimit
    // Both are open for good, but in use only by calls.
    expect([store?.take(), store?.meters.held.max, store?.meters.held.value]).toEqual([false, 2, 0])
  })

  it('waits for its own connections no longer than its time-out, and fails at once where it has none', () => {
    const { at, run, log, slow } = guarded({ pool: { ...pool, connections: 2, timeoutMs: 4 } }, { connections: 2 })
    // The other connection is that of another caller.
    slow.visits.connectionLimit?.take()
    at(0, 2)
    run()
    expect(log).toEqual(['pool-timed-out at 4', 'ok at 10'])
    const none = guarded({ pool }, { connections: 1 })
    none.slow.visits.connectionLimit?.take()
    none.at(0, 2)
    none.run()
    expect(none.log).toEqual(['too-many-connections at 0', 'too-many-connections at 0'])
    expect([none.meters.pool.held.value, none.meters.pool.waiting.value]).toEqual([0, 0])
  })
})

describe('a breaker', () => {
  const breaker = { opens: { failures: 2, last: 2 }, forMs: 100, trials: 1 }

  it('opens after failures, refuses at once, and tries after its time', () => {
    const { at, run, log, meters, simulation } = guarded({ breaker }, { outcome: failedAt(reasons.failed, 0) })
    for (const ms of [0, 20, 40, 135]) at(ms)
    run()
    expect(log).toEqual(['failed at 10', 'failed at 30', 'breaker-open at 40', 'failed at 145'])
    // Open from 30 to 135, half-open to 145, and open again to the end.
    expect(meters.open.areaAt(simulation.agenda.nowMs)).toBe(1e6 - 30)
  })

  it('counts a time-out as a failure', () => {
    const { at, run, log } = guarded({ breaker }, { timeoutMs: 5 })
    for (const ms of [0, 20, 40]) at(ms)
    run()
    expect(log).toEqual(['timed-out at 5', 'timed-out at 25', 'breaker-open at 40'])
  })

  it('is closed again when the process begins again', () => {
    const { at, run, log, passage, simulation } = guarded({ breaker }, { outcome: failedAt(reasons.failed, 0) })
    for (const ms of [0, 20, 40]) at(ms)
    simulation.agenda.at(35, () => passage.forget(), { generation: 0 })
    run()
    expect(log).toEqual(['failed at 10', 'failed at 30', 'failed at 50'])
  })
})

it('a retry budget ends the attempts of calls when it is used up', () => {
  const { at, run, log, slow } = guarded(
    { retryBudget: { share: 0.5, burst: 1 } },
    { attempts: 3, outcome: failedAt(reasons.failed, 0) },
  )
  for (const ms of [0, 100, 200, 300]) at(ms)
  run()
  // The first call may be tried once more; of the others every second one.
  expect([log.length, slow.visits.arrived]).toEqual([4, 4 + 2])
})
