import { describe, expect, it } from 'vitest'
import { Call } from './call.ts'
import { Calls } from './calls.ts'
import type { Copy } from './copy.ts'
import { hashPair } from './random.ts'
import { WaitQueue } from './wait-queue.ts'

/** A call of which everything is set. */
function busyCall(calls: Calls): Call {
  return Object.assign(calls.fresh(), {
    request: 17,
    kind: 2,
    key: 99,
    sizeBytes: 512,
    priority: 4,
    callPath: 1234,
    session: 5,
    abandoned: true,
    operation: 3,
    instance: 6,
    replyBytes: 70,
    receivedBytes: 80,
    arrivedMs: 9,
    span: 40,
    callerSpan: 30,
    begun: true,
    held: true,
  })
}

describe('the pool of calls', () => {
  it('makes calls that ask on behalf of the same request', () => {
    const calls = new Calls()
    const caller = busyCall(calls)
    const call = calls.make(caller)
    const { request, kind, key, sizeBytes, priority, callPath, session, abandoned } = caller
    expect(call).toMatchObject({ request, kind, key, sizeBytes, priority, callPath, session, abandoned, traced: false })
    expect(call).toMatchObject({
      operation: 0,
      instance: -1,
      replyBytes: 0,
      receivedBytes: 0,
      begun: false,
      held: false,
    })
    expect([call.caller === caller, call.child, caller.child, call.span]).toEqual([true, null, null, 0])
  })

  it('calls of one site draw different numbers', () => {
    const calls = new Calls()
    const caller = busyCall(calls)
    const [first, second] = [calls.makeDistinct(caller, 1), calls.makeDistinct(caller, 2)]
    expect([first.callPath, second.callPath]).toEqual([hashPair(1234, 1), hashPair(1234, 2)])
    expect([first.caller, first.request]).toEqual([caller, 17])
  })

  it('numbers the calls of traced requests, each with the number of its caller', () => {
    const calls = new Calls()
    const caller = calls.fresh()
    caller.traced = true
    caller.span = calls.nextSpan()
    const [first, second] = [calls.make(caller), calls.make(caller)]
    const grandchild = calls.make(second)
    expect([first, second, grandchild].map(({ traced, span, callerSpan }) => [traced, span, callerSpan])).toEqual([
      [true, 2, 1],
      [true, 3, 1],
      [true, 4, 3],
    ])
    caller.traced = false
    calls.make(caller)
    expect(calls.nextSpan()).toBe(5)
  })

  it('reuses a closed call without any of its former values', () => {
    const calls = new Calls()
    const caller = busyCall(calls)
    const call = calls.make(caller)
    const other = {} as never
    Object.assign(call, { onReply: other, callSite: other, receiver: other, relay: other, then: other })
    Object.assign(call, { position: other, place: other, child: other, begun: true, held: true })
    expect([calls.open, calls.all.length, call.generation]).toEqual([2, 2, 0])
    calls.close(call)
    expect([calls.open, calls.all.length, call.generation]).toEqual([1, 2, 1])
    for (const field of ['caller', 'onReply', 'callSite', 'receiver', 'relay', 'then', 'position', 'place', 'child'])
      expect(call[field as keyof Call], field).toBeNull()
    expect([call.begun, call.held]).toEqual([false, false])
    expect(calls.fresh()).toBe(call)
    expect([calls.open, calls.all.length]).toEqual([2, 2])
    expect(calls.fresh()).not.toBe(call)
    expect([calls.open, calls.all]).toEqual([3, [caller, call, calls.all[2]]])
  })

  it('keeps what few calls need to the call that set it', () => {
    const calls = new Calls()
    const [first, second] = [calls.fresh(), calls.fresh()]
    const unset = { session: 0, sibling: null, failure: 0, span: 0, lost: false, vanished: false }
    expect([first, second]).toMatchObject([unset, unset])
    Object.assign(first, { session: 3, failure: 17, sibling: second, span: 5, lost: true, vanished: true })
    expect(first).toMatchObject({ session: 3, failure: 17, span: 5, lost: true, vanished: true })
    expect(first.sibling).toBe(second)
    expect([second, calls.make(second)]).toMatchObject([unset, unset])
    expect(calls.make(first)).toMatchObject({ ...unset, session: 3 })
    Object.assign(first, unset)
    expect(first).toMatchObject(unset)
  })

  it('gives no payload, loss or short reply to the next life of a call', () => {
    const calls = new Calls()
    const call = Object.assign(calls.fresh(), { payload: {} as Copy, lost: true, notModified: true })
    calls.close(call)
    expect(calls.fresh()).toBe(call)
    expect([call.payload, call.lost, call.notModified]).toEqual([null, false, false])
  })

  it('a call that waits in a queue cannot end', () => {
    const calls = new Calls()
    const call = calls.fresh()
    new WaitQueue().join(call)
    expect(() => calls.close(call)).toThrow('a call ended while it still waits in a queue')
  })

  it('begins a call without instance, work and caller', () => {
    const call = new Call()
    expect(call.instance).toBe(-1)
    for (const field of ['traced', 'abandoned', 'begun', 'held', 'asks', 'lost', 'vanished'])
      expect(call[field as keyof Call], field).toBe(false)
  })
})
