import { describe, expect, it } from 'vitest'
import { foundIn, problemsOf, requestsIn } from '../experiment/testing-runs.ts'

/** 100 requests a second that each need a connection for 1 ms, one of 5 of each instance. */
const design = (
  faults: string,
  { pool = 5, perS = 100, steps = '{ call: db.read }', lasts = '100s', db = '' } = {},
) => `
traffic: { visitors: { rate: ${perS}/s, arrival: regular, requests: { get: { to: shop } } } }
blocks:
  shop: { type: service, calls: { db: { pool: { connections: ${pool}, timeout: 50ms } } }, endpoints: { any: [${steps}] } }
  db: { type: database, read: 1ms, ${db} }
faults: [${faults}]
run: { for: ${lasts}, repeat: 1 }
`
const answered = (text: string) => requestsIn(foundIn(text))[0]?.map((phase) => phase.answered) ?? []

describe('a leak', () => {
  it('at a rate empties a pool of n connections after n times its interval, and gives them back when it is over', () => {
    // Lost at 20, 30, 40, 50 and 60 s. The call that is under way then is the last with an answer.
    const [before = 0, during = 0, after = 0] = answered(design('{ leak: shop, rate: 0.1/s, at: 10s, for: 70s }'))
    expect(before).toBe(1000)
    expect(during).toBeGreaterThanOrEqual(5000)
    expect(during).toBeLessThanOrEqual(5006)
    expect(after).toBeGreaterThanOrEqual(1994)
    expect(after).toBeLessThanOrEqual(2006)
  })

  it('of a share p of the calls empties a pool of n connections after n / p calls', () => {
    const found = answered(
      design('{ leak: shop, share: 10%, at: 1s }', { pool: 1000, perS: 1000, lasts: '21s', db: 'connections: 2000' }),
    )
    // Negative binomial: the standard deviation is sqrt(n (1 - p)) / p = 300 calls.
    expect(Math.abs((found[1] ?? 0) - 10_000)).toBeLessThan(5 * 300)
  })

  it('of transactions empties the pool just as well', () => {
    const steps = '{ transaction: db, do: [{ call: db.read }] }'
    const found = answered(
      design('{ leak: shop, share: 10%, at: 1s }', {
        pool: 1000,
        perS: 1000,
        lasts: '21s',
        steps,
        db: 'connections: 2000',
      }),
    )
    expect(Math.abs((found[1] ?? 0) - 10_000)).toBeLessThan(5 * 300)
  })

  it('keeps the connections open at the store, which has no more for others', () => {
    // Pools of 5 at a store that takes 6: the first loses 5. One is left to the second, for 200 calls/s of 6 ms: one in six waits
    // too long.
    const text = design('{ leak: shop.1, rate: 1/s, at: 10s }', { db: 'connections: 6' })
    const two = text.replace('type: service,', 'type: service, instances: 2,').replace('rate: 100/s', 'rate: 400/s')
    const [before = 0, after = 0] = answered(two.replace('read: 1ms', 'cores: 8, read: 6ms'))
    const one = answered(two.replace('read: 1ms', 'cores: 8, read: 6ms').replace('connections: 6', 'connections: 10'))
    expect([before, one[0]]).toEqual([4000, 4000])
    expect(after).toBeLessThan((one[1] ?? 0) - 100)
  })

  it('gives connections back when the process is restarted, and goes on', () => {
    // Empty from 60 s on; full again from 71 s, and from then one is lost every 10 s.
    const crash = '{ crash: shop, at: 70s, for: 1s }'
    const [, leaking = 0, down, again] = answered(
      design(`{ leak: shop, rate: 0.1/s, at: 10s }, ${crash}`, { lasts: '110s' }),
    )
    expect(leaking).toBeGreaterThanOrEqual(5000)
    expect(leaking).toBeLessThanOrEqual(5006)
    expect(down).toBe(0)
    expect(again).toBeGreaterThanOrEqual(3894)
  })

  it('of a pool that the design does not have is a warning with its remedy', () => {
    const without = problemsOf(design('{ leak: db, share: 1%, at: 10s }'))
    expect(without).toEqual(['fault-without-effect faults.1.on: `leak` has no effect: `db` has no pool of connections'])
    expect(problemsOf(design('{ leak: shop, to: shop, share: 1%, at: 10s }'))).toEqual([
      'fault-without-effect faults.1.to: `leak` has no effect: `shop` has no pool of connections to `shop`',
    ])
  })

  it('needs a share or a rate, and takes no both', () => {
    expect(problemsOf(design('{ leak: shop, at: 10s }'))).toEqual([
      'missing-field faults.1: `leak` does not say how many connections are lost',
    ])
    expect(problemsOf(design('{ leak: shop, share: 1%, rate: 1/s, at: 10s }'))).toEqual([
      'conflicting-fields faults.1.rate: `share` and `rate` both say how many are lost',
    ])
  })
})
