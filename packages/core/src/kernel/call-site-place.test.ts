import { describe, expect, it } from 'vitest'
import type { Call } from './call.ts'
import type { CallSiteOptions } from './call-site-options.ts'
import { failedAt, type Outcome, ok, reasons } from './outcome.ts'
import { hashPair, KeyedRandom } from './random.ts'
import { bench, constantly } from './testing-call-site.ts'
import type { Span } from './trace.ts'

describe('what a call carries', () => {
  it('is the operation, the instance and the key of its place, and a path of its own at every attempt', () => {
    const seen: unknown[] = []
    const record = (call: Call) =>
      void seen.push([call.operation, call.instance, call.key, call.callPath, call.attempt])
    const { simulation, slow, start, run } = bench(
      { operation: 4, instance: 2, key: (caller) => caller.key + 1, attempts: 2, site: 100 },
      [10],
      failedAt(reasons.queueFull, 0),
    )
    const receive = slow.receive.bind(slow)
    slow.receive = (call) => {
      record(call)
      receive(call)
    }
    const caller = start()
    caller.key = 7
    run()
    expect(seen).toEqual([
      [4, 2, 1, hashPair(0, 101), 0],
      [4, 2, 8, hashPair(0, 102), 0],
    ])
    expect([caller.attempt, caller.child, simulation.calls.open]).toEqual([2, null, 1])
  })

  it('is the key of its request where its place requests no other, and what came back', () => {
    const { simulation, slow, callSite } = bench({}, [10])
    const keys: number[] = []
    slow.receive = (call) => {
      keys.push(call.key)
      call.replyBytes = 300
      simulation.reply(call, ok)
    }
    const caller = simulation.calls.fresh()
    caller.key = 12
    callSite.start(caller)
    expect([keys, caller.receivedBytes, caller.child]).toEqual([[12], 300, null])
  })

  it('is the request itself where nothing but an answer is needed', () => {
    const plain = (options: Partial<CallSiteOptions>, connections = 0) =>
      bench(options, [10], ok, connections).callSite.plain
    expect([plain({}), plain({ key: () => 1 }), plain({ timeoutMs: 5 }), plain({ attempts: 2 })]).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect([plain({ patience: constantly(5) }), plain({}, 1)]).toEqual([false, false])
    expect(plain({ hedge: { attempts: 2, afterMs: () => 4, answered: () => undefined } })).toBe(false)
    const link = Object.assign(bench({}, [10]).slow, { loses: true as const })
    expect(plain({ to: link })).toBe(false)

    const { simulation, callSite, log, run, slow } = bench({ operation: 3, instance: 5, site: 20 }, [10])
    const request = simulation.calls.fresh()
    Object.assign(request, { asks: true, callPath: 9, replyBytes: 40 })
    callSite.sendItself(request)
    expect(request).toMatchObject({ attempt: 1, operation: 3, instance: 5, callPath: hashPair(9, 21) })
    run()
    expect([log, request.receivedBytes, slow.visits.done]).toEqual([['ok at 10'], 40, 1])
  })

  it('knows whether it stops waiting by itself', () => {
    expect([bench({}, [1]).callSite.timesOut, bench({ timeoutMs: 9 }, [1]).callSite.timesOut]).toEqual([false, true])
  })
})

describe('what random a call is given', () => {
  it('is of the attempt for the back-off, whatever else was drawn', () => {
    const drawn: [number, number][] = []
    const backOff = {
      delayMs: (attempt: number, uniform: number) => {
        drawn.push([attempt, uniform])
        return 3
      },
    }
    const { start, run, log } = bench({ attempts: 3, backOff, site: 8 }, [10], failedAt(reasons.down, 0))
    const caller = start()
    Object.assign(caller, { request: 5, callPath: 6 })
    run()
    const random = new KeyedRandom(1, 0)
    expect(drawn).toEqual([2, 3].map((attempt) => [attempt, random.at(5, 6, hashPair(8, attempt)).next()]))
    expect(log).toEqual(['down at 36'])
  })

  it('is its own for its patience', () => {
    const patience = { mean: 4, sample: (source: { next(): number }) => 4 * source.next() } as never
    const { start, run, log } = bench({ patience, site: 8 }, [10])
    start()
    run()
    const own = new KeyedRandom(1, 0).at(0, hashPair(0, 9), hashPair(8, 0x70617469))
    expect(log).toEqual([`timed-out at ${4 * own.next()}`])
  })

  it('lets no time pass before an attempt that comes at once', () => {
    const { start, run, log, simulation } = bench(
      { attempts: 3, backOff: { delayMs: () => 0 } },
      [10],
      failedAt(reasons.down, 0),
    )
    start()
    simulation.agenda.runUntil(10, 2)
    // The second attempt is under way, and nothing but its two events is to come.
    expect([simulation.agenda.nowMs, simulation.agenda.pending]).toEqual([10, 2])
    run()
    expect(log).toEqual(['down at 30'])
  })
})

describe('the trace of a call', () => {
  function traced(options: Partial<CallSiteOptions>, outcome: Outcome) {
    const spans: Span[] = []
    const tracer = { add: (_source: string, _request: number, span: Span) => void spans.push(span) } as never
    const made = bench(options, [10], outcome, 0, tracer)
    const caller = made.simulation.calls.fresh()
    Object.assign(caller, { traced: true, span: made.simulation.calls.nextSpan() })
    return { ...made, caller, spans }
  }

  it('a trace has the pauses between attempts', () => {
    const { callSite, caller, run, spans } = traced({ attempts: 2 }, failedAt(reasons.down, 0))
    callSite.start(caller)
    run()
    expect(spans).toEqual([
      { call: 2, caller: 1, block: 'slow', activity: 'calling', fromMs: 0, toMs: 10 },
      { call: 1, caller: 0, block: 'web', activity: 'waiting', fromMs: 10, toMs: 15, note: 'back-off' },
      { call: 3, caller: 1, block: 'slow', activity: 'calling', fromMs: 15, toMs: 25 },
    ])
  })

  it('a trace has the wait for a lost message and marks abandoned calls', () => {
    const lossy = traced({ timeoutMs: 6 }, ok)
    lossy.slow.receive = (call) => lossy.simulation.vanish(call, failedAt(reasons.lost, 0))
    lossy.simulation.agenda.nowMs = 1
    lossy.callSite.start(lossy.caller)
    lossy.run()
    const waited = { call: 1, caller: 0, block: 'web', activity: 'waiting', fromMs: 1, toMs: 7, note: 'lost message' }
    expect(lossy.spans).toEqual([waited])
    const slow = traced({ timeoutMs: 6 }, ok)
    slow.callSite.start(slow.caller)
    slow.run()
    expect(slow.spans).toEqual([{ call: 2, caller: 1, block: 'slow', activity: 'calling', fromMs: 0, toMs: 6 }])
  })
})
