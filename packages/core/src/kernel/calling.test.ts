import { describe, expect, it } from 'vitest'
import type { Call, Extent, Receiver } from './call.ts'
import { Calling, type CallingOptions } from './calling.ts'
import { Gate } from './gate.ts'
import { failedAt, type Outcome, ok, reasonOf, reasons } from './outcome.ts'
import { Simulation } from './simulation.ts'
import { Visits } from './visits.ts'

/** Answers the n-th call after the n-th of some delays; a call "waits in a queue" for the first half of its delay. */
class Slow implements Receiver {
  readonly visits = new Visits('slow', 0)
  readonly withdrawn: string[] = []
  private readonly simulation: Simulation
  private readonly delays: readonly number[]
  private readonly outcome: Outcome
  private calls = 0

  constructor(simulation: Simulation, delays: readonly number[], outcome: Outcome) {
    this.simulation = simulation
    this.delays = delays
    this.outcome = outcome
  }

  receive(call: Call): void {
    const delay = this.delays[Math.min(this.calls++, this.delays.length - 1)] as number
    const begin = (own: Call): void => {
      own.begun = true
    }
    this.simulation.agenda.after(delay / 2, begin, call)
    this.simulation.agenda.after(delay, (own: Call) => this.simulation.reply(own, this.outcome), call)
  }

  withdraw(call: Call, extent: Extent): boolean {
    if (call.begun && extent !== 'all') return false
    this.withdrawn.push(`${extent} at ${this.simulation.agenda.nowMs}`)
    this.simulation.end(call, failedAt(reasons.withdrawn, 0))
    return true
  }
}

function bench(options: Partial<CallingOptions>, delays: readonly number[], outcome: Outcome = ok, connections = 0) {
  const simulation = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  const slow = new Slow(simulation, delays, outcome)
  const log: string[] = []
  const gate = connections > 0 ? new Gate(simulation, connections) : null
  const calling = new Calling(simulation, {
    to: slow,
    operation: 0,
    instance: -1,
    gate,
    timeoutMs: Number.POSITIVE_INFINITY,
    givesUp: 'nothing',
    patience: null,
    attempts: 1,
    backOff: { delayMs: () => 5 },
    key: null,
    block: 7,
    site: 1,
    done: (_caller, result) => void log.push(`${reasonOf(result)?.name ?? 'ok'} at ${simulation.agenda.nowMs}`),
    ...options,
  })
  const start = () => {
    const caller = simulation.calls.fresh()
    calling.start(caller)
    return caller
  }
  const run = () => {
    simulation.agenda.runUntil(1e6, 1e6)
    simulation.agenda.nowMs = 1e6
    const [found] = simulation.calls.insideOf(1)
    slow.visits.check(1e6, found ?? { count: 0, arrivedMs: 0 })
  }
  return { simulation, slow, log, start, run, gate }
}

const constantly = (ms: number) => ({ constant: ms, mean: ms, sample: () => ms }) as never

describe('a call', () => {
  it('is answered', () => {
    const { log, start, run, slow } = bench({}, [10])
    start()
    run()
    expect([log, slow.visits.done]).toEqual([['ok at 10'], 1])
  })

  it('that times out goes on unheeded, and its late reply finds nobody', () => {
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
  ] as const)('that gives up %s after %i ms takes back what it may', (givesUp, timeoutMs, withdrawn, done) => {
    const { log, start, run, slow } = bench({ timeoutMs, givesUp }, [10])
    start()
    run()
    expect(log).toEqual([`timed-out at ${timeoutMs}`])
    expect([slow.withdrawn, slow.visits.done]).toEqual([withdrawn, done])
  })

  it('is tried again after a pause, as often as allowed', () => {
    const { log, start, run, slow } = bench({ attempts: 3 }, [10], failedAt(reasons.queueFull, 0))
    start()
    run()
    expect([log, slow.visits.arrived]).toEqual([['queue-full at 40'], 3])
  })

  it('is tried again after a time-out, and only the reply to the last attempt counts', () => {
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
    expect([leaving.log, leaving.slow.withdrawn]).toEqual([['timed-out at 4'], ['queued at 4']])
    const staying = bench({ patience: constantly(6) }, [10])
    staying.start()
    staying.run()
    expect([staying.log, staying.slow.withdrawn]).toEqual([['ok at 10'], []])
  })

  it('that gives up while it waits for a connection has never arrived', () => {
    const { log, start, run, slow, gate } = bench({ timeoutMs: 12 }, [10], ok, 1)
    start()
    start()
    start()
    run()
    // The second has its connection at 10 and gives up at 12; the third never had one.
    expect(log).toEqual(['ok at 10', 'timed-out at 12', 'timed-out at 12'])
    expect([slow.visits.arrived, slow.visits.done, gate?.held.value, gate?.waiting.value]).toEqual([2, 2, 0, 0])
  })

  it('leaves no call open', () => {
    const { simulation, start, run } = bench({ attempts: 3, timeoutMs: 8, givesUp: 'queued' }, [30, 9, 4])
    const callers = Array.from({ length: 20 }, start)
    run()
    expect(simulation.calls.open).toBe(callers.length)
  })
})
