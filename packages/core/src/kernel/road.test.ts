import { describe, expect, it } from 'vitest'
import type { Call, CancelScope, Receiver } from './call.ts'
import { CallSite } from './call-site.ts'
import { type Outcome, ok, reasonOf } from './outcome.ts'
import { Road } from './road.ts'
import { Simulation } from './simulation.ts'
import { Visits } from './visits.ts'

/** Answers after 10 ms, or acknowledges at once and ends later. */
class Far implements Receiver {
  readonly visits = new Visits('far', 0)
  readonly acts: string[] = []
  private readonly simulation: Simulation
  private readonly acknowledges: boolean

  constructor(simulation: Simulation, acknowledges: boolean) {
    this.simulation = simulation
    this.acknowledges = acknowledges
  }

  pickInstance(call: Call): void {
    call.instance = 1
  }

  receive(call: Call): void {
    this.acts.push(`received ${call.instance} at ${this.simulation.agenda.nowMs}`)
    if (this.acknowledges) this.simulation.acknowledge(call)
    this.simulation.agenda.after(10, (own: Call) => this.simulation.reply(own, ok), call)
  }

  cancel(call: Call, scope: CancelScope): boolean {
    this.acts.push(`cancelled ${scope} at ${this.simulation.agenda.nowMs}`)
    this.simulation.end(call, 8)
    return true
  }
}

/** A client at address 9 and two instances at 1 and 2; the n-th message takes the n-th of some times. */
function world(passagesMs: readonly number[], { timeoutMs = Number.POSITIVE_INFINITY, acknowledges = false } = {}) {
  const simulation = new Simulation({ seed: 1, replication: 0, kinds: [], workFactor: 1, tracer: null })
  const sent: string[] = []
  const network = {
    addressOf: (party: number, instance: number) => (party === 7 ? 9 : 1 + instance),
    passageMs(from: number, to: number, bytes: number) {
      sent.push(`${from} to ${to}: ${bytes} B`)
      return passagesMs[sent.length - 1] ?? 0
    },
  }
  simulation.road = new Road(simulation, network)
  const far = new Far(simulation, acknowledges)
  const log: string[] = []
  const callSite = new CallSite(simulation, {
    to: far,
    operation: 0,
    instance: -1,
    timeoutMs,
    cancels: 'all',
    patience: null,
    attempts: 1,
    backOff: { delayMs: () => 0 },
    key: null,
    block: 7,
    site: 1,
    done: (_caller, outcome: Outcome) =>
      void log.push(`${reasonOf(outcome)?.name ?? 'ok'} at ${simulation.agenda.nowMs}`),
  })
  const caller = simulation.calls.fresh()
  caller.sizeBytes = 40
  callSite.start(caller)
  const run = (untilMs = 1000) => {
    simulation.agenda.runUntil(untilMs, 1e6)
    simulation.agenda.nowMs = untilMs
    far.visits.check(untilMs, simulation.calls.insideOf(1)[0] ?? { count: 0, arrivedMs: 0 })
  }
  return { simulation, far, log, sent, caller, run }
}

describe('a call and its reply', () => {
  it('take the time of the way there and back, between the client and the instance that is picked', () => {
    const { far, log, sent, run } = world([30, 20])
    run()
    expect([far.acts, log, sent]).toEqual([['received 1 at 30'], ['ok at 60'], ['9 to 2: 40 B', '2 to 9: 0 B']])
    expect([far.visits.arrived, far.visits.doneMs]).toEqual([1, 10])
  })

  it('arrive at once where the way takes no time', () => {
    const { log, run } = world([])
    run()
    expect(log).toEqual(['ok at 10'])
  })

  it('are without an answer where either is lost and nobody stops waiting', () => {
    for (const passages of [[Number.POSITIVE_INFINITY], [5, Number.POSITIVE_INFINITY]]) {
      const { log, caller, run, simulation } = world(passages)
      run()
      expect([log, caller.lost, caller.child, simulation.calls.open]).toEqual([[], true, null, 1])
    }
  })

  it('time out where either is lost', () => {
    for (const passages of [[Number.POSITIVE_INFINITY], [5, Number.POSITIVE_INFINITY]]) {
      const { log, caller, run, simulation } = world(passages, { timeoutMs: 50 })
      run()
      expect([log, caller.lost, simulation.calls.open]).toEqual([['timed-out at 50'], false, 1])
    }
  })

  it('go on unheeded where the caller gives up while one is under way', () => {
    const onItsWay = world([30, 0], { timeoutMs: 20 })
    onItsWay.run()
    expect([onItsWay.log, onItsWay.far.acts]).toEqual([['timed-out at 20'], ['received 1 at 30']])
    expect([onItsWay.far.visits.done, onItsWay.simulation.calls.open]).toEqual([1, 1])
    const onItsWayBack = world([5, 30], { timeoutMs: 20 })
    onItsWayBack.run()
    expect([onItsWayBack.log, onItsWayBack.simulation.calls.open]).toEqual([['timed-out at 20'], 1])
  })
})

it('a call that was answered does nothing more at its block while the reply is under way', () => {
  const { simulation, far, run, log } = world([5, 50])
  far.receive = (call: Call) => {
    simulation.agenda.after(10, () => void far.acts.push('went on'), call)
    simulation.reply(call, ok)
  }
  run()
  expect([far.acts, log]).toEqual([[], ['ok at 55']])
})

it('a caller times out while the reply is under way, and traces that', () => {
  const { log, run, simulation, caller } = world([5, 40], { timeoutMs: 20 })
  ;(caller.child as Call).traced = true
  run()
  expect([log, simulation.calls.open]).toEqual([['timed-out at 20'], 1])
})

describe('an acknowledgement', () => {
  it('takes its way, and the message goes on', () => {
    const { log, run, far, simulation } = world([5, 3], { acknowledges: true })
    run()
    expect([log, far.visits.done, simulation.calls.open]).toEqual([['ok at 8'], 1, 1])
  })

  it('may come after the message was worked off', () => {
    const { log, run, far, simulation } = world([5, 40], { acknowledges: true })
    run()
    expect([log, far.visits.done, simulation.calls.open]).toEqual([['ok at 45'], 1, 1])
  })

  it('may be lost: the publisher times out, and the message is not taken back', () => {
    const { log, run, far, simulation } = world([5, Number.POSITIVE_INFINITY], { acknowledges: true, timeoutMs: 12 })
    run()
    expect([log, far.acts, far.visits.done]).toEqual([['timed-out at 12'], ['received 1 at 5'], 1])
    expect(simulation.calls.open).toBe(1)
  })
})

it('the question of a health check takes both ways', () => {
  const { simulation, far } = world([0, 4, 7])
  expect(simulation.road?.probe(7, far.visits, 0)).toEqual([4, 7])
})
