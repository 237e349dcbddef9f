import { describe, expect, it } from 'vitest'
import { CallSite } from './call-site.ts'
import { failedAt, ok, reasons } from './outcome.ts'
import { bench } from './testing-call-site.ts'

/** Hedges after 4 ms, and notes how long attempts took. */
function hedging(attempts = 2, afterMs = 4) {
  const answered: number[] = []
  return {
    answered,
    hedge: { attempts, afterMs: () => afterMs, answered: (_: unknown, ms: number) => void answered.push(ms) },
  }
}

describe('a call that is hedged', () => {
  it('has the first answer, and takes the other attempt back', () => {
    const { hedge, answered } = hedging()
    const { log, start, run, slow, simulation } = bench({ hedge }, [10, 3])
    start()
    run()
    expect([log, slow.cancelled, answered]).toEqual([['ok at 7'], ['all at 7'], [7]])
    expect([slow.visits.arrived, slow.visits.done, simulation.calls.open]).toEqual([2, 1, 1])
  })

  it('is made once where the answer comes in time', () => {
    const { log, start, run, slow } = bench({ hedge: hedging().hedge }, [3])
    start()
    run()
    expect([log, slow.visits.arrived]).toEqual([['ok at 3'], 1])
  })

  it('is made as often as allowed, each time after the same pause', () => {
    const { log, start, run, slow } = bench({ hedge: hedging(3).hedge }, [100, 100, 5])
    start()
    run()
    expect([log, slow.visits.arrived]).toEqual([['ok at 13'], 3])
  })

  it('fails with its last attempt, and is then tried again as any other', () => {
    const { log, start, run, slow } = bench({ hedge: hedging().hedge, attempts: 2 }, [10], failedAt(reasons.down, 0))
    start()
    run()
    // Attempts from 0 to 10 and 4 to 14; a pause of 5; from 19 to 29 and 23 to 33.
    expect([log, slow.visits.arrived]).toEqual([['down at 33'], 4])
  })

  it('times out attempt by attempt', () => {
    const { log, start, run, slow } = bench({ hedge: hedging().hedge, timeoutMs: 6, cancels: 'all' }, [100])
    start()
    run()
    expect([log, slow.cancelled]).toEqual([['timed-out at 10'], ['all at 6', 'all at 10']])
  })

  it('leaves nothing behind when its caller is ended', () => {
    const { start, run, slow, simulation } = bench({ hedge: hedging().hedge }, [100])
    const caller = start()
    simulation.agenda.runUntil(5, 100)
    simulation.agenda.nowMs = 5
    CallSite.cancelChild(caller, 'all')
    run()
    expect([slow.cancelled, slow.visits.inside.value, simulation.calls.open]).toEqual([['all at 5', 'all at 5'], 0, 1])
  })

  it('goes on with the other attempts where one is lost', () => {
    const { log, start, run, slow, simulation } = bench({ hedge: hedging().hedge }, [3])
    const answers = slow.receive.bind(slow)
    let calls = 0
    slow.receive = (call) => (calls++ === 0 ? simulation.vanish(call, failedAt(reasons.lost, 0)) : answers(call))
    start()
    run()
    expect([log, simulation.calls.open]).toEqual([['ok at 7'], 1])
  })

  it('learns how long a call took from its first attempt on', () => {
    const { hedge, answered } = hedging()
    const { start, run } = bench({ hedge }, [10, 3])
    start()
    run()
    expect(answered).toEqual([7])
  })

  it('takes back the attempt that still waits for a connection', () => {
    const { hedge } = hedging()
    const { log, start, run, connectionLimit } = bench({ hedge }, [10], ok, 1)
    start()
    run()
    expect([log, connectionLimit?.meters.waiting.value, connectionLimit?.meters.held.value]).toEqual([
      ['ok at 10'],
      0,
      0,
    ])
  })
})
