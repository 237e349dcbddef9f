import { describe, expect, it } from 'vitest'
import { Call } from './call.ts'
import { failedAt, ok, reasons } from './outcome.ts'
import { Requests } from './requests.ts'

/** Two kinds, cells from 0, 10 and 20 ms, four ticks of 5 ms; the second kind has a deadline of 3 ms. */
function newRequests(measureFromMs = 0, startMs = 0) {
  const requests = new Requests({
    kinds: 2,
    cellStartsMs: [0, 10, 20],
    measureFromMs,
    startMs,
    tickMs: 5,
    ticks: 4,
    deadlinesMs: [Number.POSITIVE_INFINITY, 3],
  })
  let count = 0
  const arrive = (kind: number, nowMs: number) => {
    const call = Object.assign(new Call(), { kind, request: count++ })
    requests.arrive(call, nowMs)
    return call
  }
  const cohort = (kind: number, cell: number) => {
    const found = requests.cohorts[kind]?.[cell]
    if (found === undefined) throw new Error(`no cohort ${kind} ${cell}`)
    return found
  }
  return { requests, arrive, cohort }
}

describe('the ledger of requests', () => {
  it('counts a request from before the start in no cell and no tick, but its answer where it is given', () => {
    const { requests, arrive, cohort } = newRequests(0, 100)
    const early = [arrive(0, 20), arrive(0, 99.9), arrive(0, 99.9)]
    const [first, late] = [arrive(0, 100), arrive(0, 115)]
    expect([...early, first, late].map((call) => [call?.cell, call?.tick])).toEqual([
      [-1, -1],
      [-1, -1],
      [-1, -1],
      [0, 0],
      [1, 3],
    ])
    requests.end(early[0] as Call, ok, 50)
    requests.end(early[1] as Call, ok, 112)
    requests.end(first as Call, ok, 113)
    requests.close([early[2] as Call, late as Call], 120, 0)
    const read = ({ offered, answered, completed, inside }: ReturnType<typeof cohort>) => [
      offered,
      answered,
      completed,
      inside,
    ]
    expect([0, 1, 2].map((cell) => read(cohort(0, cell)))).toEqual([
      [1, 1, 0, 0],
      [1, 0, 2, 1],
      [0, 0, 0, 0],
    ])
    expect([...requests.answeredByTick]).toEqual([1, 0, 0, 0])
    expect([requests.inside, requests.slowest?.responseMs]).toEqual([2, 13])
  })

  it('enters a request in the cell and the tick of its arrival', () => {
    const { requests, arrive, cohort } = newRequests()
    const calls = [0, 4.9, 5, 9.9, 10, 19.9, 20, 900].map((nowMs) => arrive(1, nowMs))
    expect(calls.map(({ cell }) => cell)).toEqual([0, 0, 0, 0, 1, 1, 2, 2])
    // The last tick takes all that comes after it.
    expect(calls.map(({ tick }) => tick)).toEqual([0, 0, 1, 1, 2, 3, 3, 3])
    expect([...requests.offeredByTick]).toEqual([2, 2, 1, 3])
    expect([0, 1, 2].map((cell) => [cohort(0, cell).offered, cohort(1, cell).offered])).toEqual([
      [0, 4],
      [0, 2],
      [0, 2],
    ])
    expect([requests.inside, calls[7]?.arrivedMs, calls[7]?.asks]).toEqual([8, 900, true])
  })

  it('counts an answer where its request arrived, with its time', () => {
    const { requests, arrive, cohort } = newRequests()
    const first = arrive(1, 1)
    requests.end(first, ok, 4)
    const [second, later] = [arrive(1, 6), arrive(1, 12)]
    requests.end(later, ok, 15.5)
    requests.end(second, ok, 30)
    expect([requests.inside, first.asks]).toEqual([0, false])
    // In time are 3 ms, not 3.5 nor 24.
    expect(cohort(1, 0)).toMatchObject({ offered: 2, answered: 2, inTime: 1, sumMs: 27, inside: 0 })
    expect(cohort(1, 1)).toMatchObject({ offered: 1, answered: 1, inTime: 0, sumMs: 3.5 })
    expect([cohort(1, 0).histogram.count, cohort(1, 0).histogram.sum, cohort(1, 0).failed.size]).toEqual([2, 27, 0])
    expect([...requests.answeredByTick]).toEqual([1, 1, 1, 0])
    expect([...requests.sumMsByTick]).toEqual([3, 24, 3.5, 0])
    expect([0, 1, 2].map((cell) => cohort(1, cell).completed)).toEqual([1, 1, 1])
    requests.close([], 30, 0)
  })

  it('counts failures by outcome, as slower than every answer', () => {
    const { requests, arrive, cohort } = newRequests()
    const outcome = failedAt(reasons.queueFull, 2)
    for (let i = 0; i < 2; i++) requests.end(arrive(0, 1), outcome, 2)
    requests.end(arrive(0, 1), failedAt(reasons.down, 2), 2)
    expect([...cohort(0, 0).failed]).toEqual([
      [outcome, 2],
      [failedAt(reasons.down, 2), 1],
    ])
    expect(cohort(0, 0)).toMatchObject({ offered: 3, answered: 0, inTime: 0, sumMs: 0 })
    expect([cohort(0, 0).histogram.unanswered, [...requests.answeredByTick], requests.inside]).toEqual([
      3,
      [0, 0, 0, 0],
      0,
    ])
    requests.close([], 2, 0)
  })

  it('keeps the slowest request that arrived in the measured time, and the first of equals', () => {
    const { requests, arrive } = newRequests(10)
    expect(requests.slowest).toBeNull()
    const [early, a, b, c, d] = [arrive(0, 9), arrive(0, 10), arrive(1, 10), arrive(0, 11), arrive(0, 12)]
    requests.end(early, ok, 90)
    expect(requests.slowest).toBeNull()
    requests.end(a, ok, 10)
    expect(requests.slowest).toEqual({ kind: 0, request: 1, responseMs: 0 })
    requests.end(b, ok, 15)
    requests.end(c, ok, 16)
    expect(requests.slowest).toEqual({ kind: 1, request: 2, responseMs: 5 })
    requests.end(d, ok, 16)
    expect(requests.slowest).toEqual({ kind: 1, request: 2, responseMs: 5 })
    requests.end(arrive(0, 20), ok, 26)
    expect(requests.slowest?.responseMs).toBe(6)
  })

  it('counts who is inside at the end by age, and as still in time while the deadline lasts', () => {
    const { requests, arrive, cohort } = newRequests()
    const [old, answered] = [arrive(0, 2), arrive(0, 3)]
    requests.end(answered, ok, 4)
    const calls = [old, arrive(1, 11), arrive(1, 12), arrive(1, 14)]
    requests.close([...calls, answered], 15, 0)
    expect(cohort(1, 1)).toMatchObject({ offered: 3, answered: 0, inside: 3, stillInTime: 2 })
    const { count, sum, unanswered, smallest, largest } = cohort(1, 1).histogram
    expect([count, sum, unanswered, smallest, largest]).toEqual([3, 8, 0, 1, 4])
    expect([cohort(1, 1).histogram.open, cohort(1, 1).insideMs, cohort(0, 0).histogram.open]).toEqual([3, 8, 1])
    expect(cohort(0, 0)).toMatchObject({ offered: 2, answered: 1, inside: 1, stillInTime: 1 })
  })

  it('a request doomed by a loss counts as lost at the block of the loss', () => {
    const { requests, arrive, cohort } = newRequests()
    const doomed = arrive(0, 1)
    doomed.lost = true
    requests.close([doomed, arrive(0, 1)], 2, 7)
    expect([...cohort(0, 0).failed]).toEqual([[failedAt(reasons.lost, 7), 1]])
    expect([cohort(0, 0).inside, cohort(0, 0).histogram.unanswered]).toEqual([1, 1])
  })

  it('detects requests counted twice or not at all, and failures without a reason', () => {
    const lost = newRequests()
    lost.arrive(1, 11)
    expect(() => lost.requests.close([], 12, 0)).toThrow(
      'requests are not conserved: offered 1, answered 0, failed 0, inside 0',
    )
    const nameless = newRequests()
    nameless.requests.end(nameless.arrive(0, 1), 63, 2)
    expect(() => nameless.requests.close([], 2, 0)).toThrow('a request failed without a reason (outcome 63)')
  })
})
