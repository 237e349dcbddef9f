import { describe, expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { terminatingPlan } from '../../experiment/plan.ts'
import { replicate } from '../../experiment/replicate.ts'
import { readDesign } from '../../language/read-design.ts'

/** Replications of a pair that gets 100 calls/s, evenly spaced, for 60 s. */
function runs(front: string, faults: string, repeat = 5) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: pair
traffic: { visitors: { rate: 100/s, arrival: regular, requests: { view: { to: front } } } }
blocks:
  front: { type: load-balancer, instances: 2, ${front}, targets: web }
  web: { type: service, instances: 2, endpoints: { view: [{ compute: constant 1ms }] } }
faults: [${faults}]
run: { for: 60s, repeat: 2 }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, 60_000)
  return Array.from({ length: repeat }, (_, replication) => {
    const task = { design, seed: 1, replication, workFactor: 1, plan, limits, trace: null }
    const { blocks, names } = replicate(task)
    const cells = blocks[0] ?? []
    const counted = (name: string) => {
      const at = names[0]?.counters.indexOf(name) ?? -1
      return cells.reduce((sum, cell) => sum + (cell.counters[at] ?? 0), 0)
    }
    return {
      failed: cells.reduce((sum, { failed }) => sum + failed.reduce((all, count) => all + count, 0), 0),
      inside: cells.at(-1)?.inside ?? 0,
      resources: names[0]?.resources,
      takeovers: counted('takeovers'),
      withoutMs: counted('without-active-ms'),
      twoMs: counted('two-active-ms'),
    }
  })
}

const pair = 'standby: 1, failover: heartbeat'
const fenced = 'standby: 1, failover: { type: heartbeat, fencing: required }'
const crash = '{ crash: front.1, at: 20s, for: 20s }'
const cut = '{ cut: [front.1, front.2], at: 20s, for: 20s }'

describe('a pair of balancers', () => {
  it('fails for 3.5 periods less the age of the last heartbeat, and takes no time to fail back', () => {
    for (const { failed, takeovers, twoMs, withoutMs } of runs(pair, crash)) {
      expect(withoutMs).toBeGreaterThanOrEqual(2503.9)
      expect(withoutMs).toBeLessThanOrEqual(3504)
      // 100 calls/s are lost in that time, and one in flight at the crash at most.
      expect(Math.abs(failed - withoutMs / 10)).toBeLessThanOrEqual(1.5)
      // To the second one, and back; both are active until the heartbeat arrives, which takes no time here.
      expect([takeovers, twoMs]).toEqual([2, 0])
    }
  })

  it('fails for as long as the first one is down if nobody takes over', () => {
    for (const { failed, takeovers, withoutMs } of runs('standby: 1', crash)) {
      expect([takeovers, withoutMs]).toEqual([0, 20_000])
      expect(Math.abs(failed - 2000)).toBeLessThanOrEqual(1)
    }
  })

  it('does not notice that a balancer without standby is down: half of the calls go to each', () => {
    for (const { failed } of runs('compute: 0s', crash)) {
      // A binomial count of 2000 calls: 1000 ± 4 standard deviations of 22.4.
      expect(Math.abs(failed - 1000)).toBeLessThan(90)
    }
  })

  it('lets the calls to a hung balancer wait, and takes over as after a crash', () => {
    for (const { failed, takeovers, withoutMs } of runs(pair, '{ hang: front.1, at: 20s, for: 20s }')) {
      expect(withoutMs).toBeLessThanOrEqual(3504)
      expect(takeovers).toBe(2)
      // Killed with the process when it is started again.
      expect(Math.abs(failed - withoutMs / 10)).toBeLessThanOrEqual(1.5)
    }
  })

  it('has two active ones during a cut without fencing, and none with it', () => {
    for (const { failed, twoMs } of runs(pair, cut)) {
      // From 2.5 to 3.5 s after the cut until the first heartbeat after it.
      expect(twoMs).toBeGreaterThanOrEqual(16_490)
      expect(twoMs).toBeLessThanOrEqual(18_500)
      expect(failed).toBeLessThanOrEqual(1)
    }
    for (const { takeovers, twoMs, withoutMs } of runs(fenced, cut))
      expect([takeovers, twoMs, withoutMs]).toEqual([1, 0, 0])
  })

  it('with fencing gives the address back without switching the second one off', () => {
    for (const { takeovers, twoMs, withoutMs } of runs(fenced, crash)) {
      expect([takeovers, twoMs]).toEqual([2, 0])
      expect(withoutMs).toBeLessThanOrEqual(3504)
    }
  })

  it('has a line of calls for each balancer', () => {
    for (const { resources, failed } of runs('per-target: 1', '')) {
      expect(resources).toEqual(['slots'])
      expect(failed).toBe(0)
    }
  })

  it('is one target of a balancer in front of it', () => {
    const { design, problems } = readDesign(
      `loadpath: 1
name: two layers
traffic: { visitors: { rate: 100/s, arrival: regular, requests: { view: { to: edge } } } }
blocks:
  edge: { type: load-balancer, targets: front }
  front: { type: load-balancer, instances: 2, ${pair}, targets: web }
  web: { type: service, endpoints: { view: [{ compute: constant 1ms }] } }
run: { for: 10s, repeat: 2 }
`,
      catalogue,
    )
    expect(problems).toEqual([])
    if (design === undefined) return
    const limits = { events: 1e6, inside: 1e6, wallMs: 1e6 }
    const task = { design, seed: 1, replication: 0, workFactor: 1, plan: terminatingPlan(design, 10_000), limits }
    const { blocks } = replicate({ ...task, trace: null })
    const failures = blocks.map((cells) => cells.flatMap(({ failed }) => [...failed]).reduce((a, b) => a + b, 0))
    expect(failures).toEqual([0, 0, 0])
  })
})

it('refuses a standby that leaves none active', () => {
  expect(() => runs('standby: 2', crash)).toThrow('2 instances with 2 standing by leave 0 active')
})

it('warns of a fail-over without a standby', () => {
  const { problems } = readDesign(
    `loadpath: 1
name: pair
traffic: { visitors: { rate: 100/s, requests: { view: { to: front } } } }
blocks:
  front: { type: load-balancer, instances: 2, failover: heartbeat, targets: web }
  web: { type: service, endpoints: { view: [{ compute: 1ms }] } }
`,
    catalogue,
  )
  expect(problems.map(({ path, message }) => [path, message])).toEqual([
    ['front.failover', '`failover` has no effect: no instance stands by'],
  ])
})
