import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { Agenda } from '../../kernel/agenda.ts'
import { readDesign } from '../../language/read-design.ts'
import type { Health } from '../block.ts'
import type { Target } from './balancer.ts'
import { HealthChecks } from './health-checks.ts'

const blocks = {
  direct: '',
  link: 'link-a: { type: link, to: a, latency: 0s }, link-b: { type: link, to: b, latency: 0s },',
  'link to an instance': 'link-a: { type: link, to: a.1, latency: 0s }, link-b: { type: link, to: b.1, latency: 0s },',
  'link to a balancer':
    'link-a: { type: link, to: inner, latency: 0s }, link-b: { type: link, to: b, latency: 0s }, inner: { type: load-balancer, targets: a, health-check: { every: 1s, timeout: 0s, fails: 1, passes: 1 } },',
}

/** Requests refused of 10,000 that come every 10 ms, while one of two servers is down from 20.005 s to 60.005 s. */
async function refusedBehind(between: keyof typeof blocks, check: string): Promise<number> {
  const targets = between === 'direct' ? '[a, b]' : '[link-a, link-b]'
  const server = '{ type: service, endpoints: { get: [{ compute: constant 1ms }] } }'
  const { design, problems } = readDesign(
    `loadpath: 1
name: a crash behind a balancer
traffic: { visitors: { rate: 100/s, arrival: regular, requests: { get: { to: lb } } } }
blocks: { lb: { type: load-balancer, targets: ${targets}, health-check: ${check} }, ${blocks[between]} a: ${server}, b: ${server} }
faults: [{ crash: a, at: 20005ms, for: 40s }]
run: { for: 100s, repeat: 2 }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  const answer = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  return (answer.requests[0]?.ledger.rejected ?? 0) / 2
}

it('health checks come every 2 s by default', async () => {
  // a is asked at 1, 3, … s: at 21, 23 and 25 s it refuses, and then it is out.
  const refused = await refusedBehind('direct', '{}')
  expect(refused).toBeGreaterThan((25 - 20.005) * 50 - 2)
  expect(refused).toBeLessThan((25 - 20.005) * 50 + 2)
})

it('a health check waits for its time-out only if the instance is silent', () => {
  const outAt = (health: Health) => {
    const agenda = new Agenda()
    let outMs = Number.NaN
    const target = { block: { health: () => health }, instance: 0 } as unknown as Target
    const changed = () => {
      outMs = agenda.nowMs
    }
    new HealthChecks(
      { simulation: { agenda, road: null } as never, index: 0 },
      { every: 2000, timeout: 500, fails: 3, passes: 2 },
      [target],
      changed,
    ).start()
    agenda.runUntil(20_000, 1000)
    return outMs
  }
  expect([outAt('refuses'), outAt('silent'), outAt('takes calls')]).toEqual([6000, 6500, Number.NaN])
})

it.each(['link', 'link to an instance'] as const)('finds a server down that is behind a %s', async (between) => {
  const check = '{ every: 2s, fails: 1, timeout: 0s }'
  expect(await refusedBehind(between, check)).toBe(await refusedBehind('direct', check))
})

it('a balancer without a healthy target fails health checks', async () => {
  const check = '{ every: 1s, fails: 1, timeout: 0s }'
  const refused = await refusedBehind('link to a balancer', check)
  // The inner balancer notices within a second, the outer one within another.
  expect(refused).toBeGreaterThan(0)
  expect(refused).toBeLessThanOrEqual(100)
})
