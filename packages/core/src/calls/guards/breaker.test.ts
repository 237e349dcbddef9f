import { describe, expect, it } from 'vitest'
import { Breaker, type BreakerOptions } from './breaker.ts'

const ofLast: BreakerOptions = { opens: { failures: 3, last: 5 }, forMs: 100, trials: 2 }

/** Lets a call go and end at once. @returns whether it might go */
function call(breaker: Breaker, ok: boolean, nowMs: number): boolean {
  const ticket = breaker.admit(nowMs)
  if (ticket >= 0) breaker.ended(ticket, ok, nowMs)
  return ticket >= 0
}

function opened(options: BreakerOptions = ofLast): Breaker {
  const breaker = new Breaker(options)
  for (let i = 0; i < 3; i++) call(breaker, false, 0)
  expect(breaker.state).toBe('open')
  return breaker
}

describe('a closed breaker', () => {
  it('opens with so many failures among the last calls, and not with as many that are further apart', () => {
    const breaker = new Breaker(ofLast)
    for (const ok of [false, true, true, false, true, true, false, true, false]) call(breaker, ok, 0)
    expect(breaker.state).toBe('closed')
    call(breaker, false, 0)
    expect(breaker.state).toBe('open')
  })

  it('opens with a share of the calls of its window, once enough have ended', () => {
    const breaker = new Breaker({ opens: { share: 0.5, windowMs: 1000, calls: 4 }, forMs: 100, trials: 1 })
    for (const [ok, nowMs] of [
      [false, 0],
      [false, 10],
      [true, 20],
    ] as const)
      call(breaker, ok, nowMs)
    expect(breaker.state).toBe('closed')
    // The three are out of the window.
    for (const nowMs of [2000, 2010, 2020]) call(breaker, true, nowMs)
    call(breaker, false, 2030)
    call(breaker, false, 2040)
    expect(breaker.state).toBe('closed')
    call(breaker, false, 2050)
    expect(breaker.state).toBe('open')
  })
})

describe('an open breaker', () => {
  it('refuses calls for its time, then lets as many through as it tries', () => {
    const breaker = opened()
    expect(breaker.admit(99)).toBe(-1)
    expect([breaker.admit(100) >= 0, breaker.admit(100) >= 0, breaker.admit(100)]).toEqual([true, true, -1])
  })

  it('closes when all trials succeeded, and has forgotten the failures', () => {
    const breaker = opened()
    const trials = [breaker.admit(100), breaker.admit(100)]
    for (const ticket of trials) breaker.ended(ticket, true, 110)
    expect(breaker.state).toBe('closed')
    call(breaker, false, 120)
    call(breaker, false, 120)
    expect(breaker.state).toBe('closed')
  })

  it('opens again for its whole time when one trial failed', () => {
    const breaker = opened()
    const [first = -1, second = -1] = [breaker.admit(100), breaker.admit(100)]
    breaker.ended(first, false, 150)
    breaker.ended(second, true, 160)
    expect([breaker.state, breaker.admit(249), breaker.admit(250) >= 0]).toEqual(['open', -1, true])
  })

  it('tries another call in place of one that was never made', () => {
    const breaker = opened({ ...ofLast, trials: 1 })
    const ticket = breaker.admit(100)
    expect(breaker.admit(100)).toBe(-1)
    breaker.withdrawn(ticket)
    expect(breaker.admit(100)).toBeGreaterThanOrEqual(0)
  })

  it('takes no notice of calls that began before it opened', () => {
    const breaker = new Breaker({ ...ofLast, trials: 1 })
    const early = [breaker.admit(0), breaker.admit(0)]
    for (let i = 0; i < 3; i++) call(breaker, false, 0)
    const trial = breaker.admit(100)
    breaker.ended(early[0] as number, false, 101)
    breaker.ended(early[1] as number, true, 101)
    expect(breaker.state).toBe('half-open')
    breaker.ended(trial, true, 102)
    expect(breaker.state).toBe('closed')
  })
})
