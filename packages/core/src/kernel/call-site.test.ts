import { describe, expect, it } from 'vitest'
import type { Call } from './call.ts'
import { CallSite } from './call-site.ts'
import { failedAt, type Outcome, ok, reasons } from './outcome.ts'
import { bench, constantly } from './testing-call-site.ts'

describe('a call', () => {
  it('is answered', () => {
    const { log, start, run, slow } = bench({}, [10])
    start()
    run()
    expect([log, slow.visits.done]).toEqual([['ok at 10'], 1])
  })

  it('that times out goes on, and its late reply is ignored', () => {
    const { log, start, run, slow } = bench({ timeoutMs: 4 }, [10])
    start()
    run()
    expect([log, slow.visits.done, slow.visits.abandoned]).toEqual([['timed-out at 4'], 1, 0])
  })

  it.each([
    ['queued', 4, ['queued at 4'], 0],
    ['queued', 6, [], 1],
    ['all', 4, ['all at 4'], 0],
    ['all', 6, ['all at 6'], 0],
  ] as const)(
    'that times out with cancels: %s after %i ms cancels what it may',
    (cancels, timeoutMs, cancelled, done) => {
      const { log, start, run, slow } = bench({ timeoutMs, cancels: cancels }, [10])
      start()
      run()
      expect(log).toEqual([`timed-out at ${timeoutMs}`])
      expect([slow.cancelled, slow.visits.done]).toEqual([cancelled, done])
    },
  )

  it('is retried after a pause, up to the number of attempts', () => {
    const { log, start, run, slow } = bench({ attempts: 3 }, [10], failedAt(reasons.queueFull, 0))
    start()
    run()
    expect([log, slow.visits.arrived]).toEqual([['queue-full at 40'], 3])
  })

  it('is not retried after an answer', () => {
    const { log, start, run, slow } = bench({ attempts: 3 }, [10])
    start()
    run()
    expect([log, slow.visits.arrived]).toEqual([['ok at 10'], 1])
  })

  it('that has its connection and gives up is cancelled from its block', () => {
    const { log, start, run, slow, connectionLimit } = bench({ timeoutMs: 4, cancels: 'all' }, [10], ok, 1)
    start()
    run()
    expect([log, slow.cancelled, connectionLimit?.meters.held.value]).toEqual([['timed-out at 4'], ['all at 4'], 0])
  })

  it('is retried after a time-out, and only the reply to the last attempt counts', () => {
    const { log, start, run, slow } = bench({ attempts: 2, timeoutMs: 8 }, [14, 4])
    start()
    run()
    // The first reply comes at 14, when the second attempt, made at 13, is under way.
    expect([log, slow.visits.done]).toEqual([['ok at 17'], 2])
  })

  it('leaves a queue when its patience ends, and is waited for once its work has begun', () => {
    const leaving = bench({ patience: constantly(4) }, [10])
    leaving.start()
    leaving.run()
    expect([leaving.log, leaving.slow.cancelled]).toEqual([['timed-out at 4'], ['queued at 4']])
    const staying = bench({ patience: constantly(6) }, [10])
    staying.start()
    staying.run()
    expect([staying.log, staying.slow.cancelled]).toEqual([['ok at 10'], []])
  })

  it('that times out while it waits for a connection does not arrive at its block', () => {
    const { log, start, run, slow, connectionLimit } = bench({ timeoutMs: 12 }, [10], ok, 1)
    start()
    start()
    start()
    run()
    // The second has its connection at 10 and gives up at 12; the third never had one.
    expect(log).toEqual(['ok at 10', 'timed-out at 12', 'timed-out at 12'])
    expect([
      slow.visits.arrived,
      slow.visits.done,
      connectionLimit?.meters.held.value,
      connectionLimit?.meters.waiting.value,
    ]).toEqual([2, 2, 0, 0])
  })

  it('leaves no call open', () => {
    const { simulation, start, run } = bench({ attempts: 3, timeoutMs: 8, cancels: 'queued' }, [30, 9, 4])
    const callers = Array.from({ length: 20 }, start)
    run()
    expect(simulation.calls.open).toBe(callers.length)
  })
})

describe('a call that nobody answers', () => {
  it('leaves the queue for a connection when its patience ends', () => {
    const { start, run, log, slow, connectionLimit, simulation } = bench({ patience: constantly(4) }, [5], ok, 1)
    start()
    start()
    run()
    // The first is in work by then.
    expect(log).toEqual(['timed-out at 4', 'ok at 5'])
    expect([slow.cancelled, connectionLimit?.meters.waiting.value, simulation.calls.open]).toEqual([[], 0, 2])
  })

  it('that is lost on a link ends at its time-out', () => {
    const { simulation, slow, start, run, log } = bench({ timeoutMs: 6, cancels: 'all' }, [10])
    slow.receive = (call) => simulation.vanish(call, failedAt(reasons.lost, 0))
    const caller = start()
    const { child } = caller
    expect([child?.vanished, simulation.calls.open]).toEqual([true, 2])
    run()
    expect([log, child?.vanished, child?.generation, simulation.calls.open]).toEqual([['timed-out at 6'], false, 1, 1])
    expect([slow.cancelled, caller.child]).toEqual([[], null])
  })

  it('fails at the block that called it', () => {
    const outcomes: Outcome[] = []
    const done = (_caller: Call, outcome: Outcome) => void outcomes.push(outcome)
    for (const limit of [{ timeoutMs: 4 }, { patience: constantly(4) }]) {
      const { start, run } = bench({ ...limit, done, block: 9 }, [10])
      start()
      run()
    }
    expect(outcomes).toEqual([failedAt(reasons.timedOut, 9), failedAt(reasons.timedOut, 9)])
  })
})

describe('a call whose caller is ended', () => {
  it('is cancelled at its block, as far as `cancels` says', () => {
    for (const [scope, nowMs, cancelled] of [
      ['queued', 4, ['queued at 4']],
      ['queued', 6, []],
      ['all', 6, ['all at 6']],
    ] as const) {
      const { simulation, start, run, log, slow } = bench({}, [10])
      const caller = start()
      simulation.agenda.runUntil(nowMs, 100)
      simulation.agenda.nowMs = nowMs
      CallSite.cancelChild(caller, scope)
      expect([caller.child, slow.cancelled]).toEqual([null, cancelled])
      run()
      // Whether it was done or not, the caller hears nothing.
      expect([log, simulation.calls.open, slow.visits.abandoned]).toEqual([[], 1, 0])
    }
  })

  it('leaves the queue for a connection, or is closed if it was lost', () => {
    const { simulation, start, run, log, slow, connectionLimit } = bench({}, [10], ok, 1)
    start()
    const waiting = start()
    CallSite.cancelChild(waiting, 'nothing')
    expect([waiting.child, connectionLimit?.meters.waiting.value, simulation.calls.open]).toEqual([null, 0, 3])
    run()
    expect([log, slow.visits.arrived]).toEqual([['ok at 10'], 1])

    const lossy = bench({ timeoutMs: 6 }, [10])
    lossy.slow.receive = (call) => lossy.simulation.vanish(call, failedAt(reasons.lost, 0))
    const caller = lossy.start()
    const { child } = caller
    CallSite.cancelChild(caller, 'all')
    expect([caller.child, child?.vanished, lossy.simulation.calls.open]).toEqual([null, false, 1])
    CallSite.cancelChild(caller, 'all')
    lossy.run()
    expect([lossy.log, lossy.simulation.calls.open]).toEqual([[], 1])
  })
})

it('a failure that may have done something ends a call that may not be repeated then', () => {
  const { start, run, log } = bench({ attempts: 3, isSafeAfter: () => false }, [1], failedAt(reasons.failed, 0))
  start()
  run()
  expect(log).toEqual(['failed at 1'])
})
