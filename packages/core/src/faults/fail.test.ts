import { describe, expect, it } from 'vitest'
import { countedIn, foundAsText, foundIn, requestsIn } from '../experiment/testing-runs.ts'

const web = (fields = '') =>
  `web: { type: service, ${fields} endpoints: { any: [{ compute: 1ms }], read: [{ compute: 1ms }] } }`
const design = (fault: string, request = 'to: web', blocks = web()) => `
traffic: { visitors: { rate: 200/s, arrival: regular, requests: { get: { ${request} } } } }
blocks: { ${blocks} }
faults: [${fault}]
run: { for: 200s, repeat: 1 }
`
/** Share of the requests that were answered well while the fault lasted, from 50 s to the end. */
function availability(text: string): number {
  const [, { offered, answered } = { offered: 0, answered: 0 }] = requestsIn(foundIn(text))[0] ?? []
  expect(offered).toBeGreaterThan(29_000)
  return answered / offered
}
/** Five standard errors of a share of 30,000 requests. */
const within = (share: number) => 5 * Math.sqrt((share * (1 - share)) / 30_000)

describe('fail', () => {
  it.each([1, 2, 3])('leaves 1 - p^n of the requests available with n = %i attempts', (attempts) => {
    const share = 0.3
    const expected = 1 - share ** attempts
    const found = availability(
      design(
        `{ fail: web, share: 30%, at: 50s }`,
        `to: web, retry: { attempts: ${attempts}, failures: all, back-off: none }`,
      ),
    )
    expect(Math.abs(found - expected)).toBeLessThan(within(expected))
  })

  it('of two at once leaves the product of the shares that each leaves', () => {
    const found = availability(design('{ fail: web, share: 30%, at: 50s }, { fail: web, share: 50%, at: 50s }'))
    expect(Math.abs(found - 0.35)).toBeLessThan(within(0.35))
  })

  it('on some of the instances fails their part of the answers', () => {
    const found = availability(design('{ fail: web, share: 40%, count: 2, at: 50s }', 'to: web', web('instances: 8,')))
    expect(Math.abs(found - 0.9)).toBeLessThan(within(0.9))
  })

  it('of one operation leaves the other one well', () => {
    const fault = '{ fail: web.read, share: 100%, at: 50s }'
    expect(availability(design(fault))).toBe(1)
    expect(availability(design(fault, 'to: web.read'))).toBe(0)
  })

  it('of a balancer fails its answers, and those of its targets count as done', () => {
    const found = foundIn(
      design(
        '{ fail: front, share: 100%, at: 50s }',
        'to: front',
        `front: { type: load-balancer, targets: web }, ${web()}`,
      ),
    )
    expect(requestsIn(found)[0]?.[1]?.answered).toBe(0)
    const [front, behind] = found.blocks.map((cells) => cells[1])
    expect([front?.done, behind?.done]).toEqual([0, 30_000])
  })

  it('of a queue tells publishers of an error, and keeps the message', () => {
    const found = foundIn(
      design('{ fail: jobs, share: 100%, at: 50s }', 'to: jobs', 'jobs: { type: queue, workers: { compute: 1ms } }'),
    )
    expect(requestsIn(found)[0]?.[1]?.answered).toBe(0)
    expect(found.blocks[0]?.[1]?.done).toBeGreaterThan(29_990)
    expect(countedIn(found, 0, 'acknowledged')[1]).toBe(30_000)
  })

  it('draws by request: a service with more instances fails the same requests', () => {
    const [one, four] = ['', 'instances: 4,'].map((fields) =>
      requestsIn(foundIn(design('{ fail: web, share: 30%, at: 50s }', 'to: web', web(fields)))),
    )
    expect(one?.[0]?.[1]).toEqual(four?.[0]?.[1])
  })
})

it('reversing the order of the faults changes nothing', () => {
  const faults = [
    '{ crash: web, every: exponential 9s, for: exponential 1s, at: 10s }',
    '{ slow: web, factor: 3, every: exponential 4s, for: exponential 1s, at: 10s }',
    '{ slow: web, factor: 1.7, every: exponential 4s, for: exponential 1s, at: 10s }',
    '{ slow: web, factor: 1.7, every: exponential 4s, for: exponential 1s, at: 10s }',
    '{ pause: web, every: exponential 5s, for: 200ms, at: 10s, count: 1 }',
    '{ fail: web, share: 20%, at: 10s, for: 20s }',
    '{ surge: visitors, factor: 2, at: 10s, for: 10s }',
  ]
  const found = (list: readonly string[]) =>
    foundAsText(design(list.join(', '), 'to: web', web('instances: 3,')).replace('for: 200s', 'for: 60s'))
  expect(found(faults.toReversed())).toBe(found(faults))
  expect(found(faults.slice(1))).not.toBe(found(faults))
})
