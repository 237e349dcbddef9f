import { describe, expect, it } from 'vitest'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { longerForMemory, memoryNeeded, withMemory } from './memory.ts'
import { prepare } from './pilots.ts'
import { steadyPlan } from './plan.ts'
import { replicate } from './replicate.ts'
import type { RunContext } from './rounds.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))

function designOf(rate: string, to: string, blocks: string, run = ''): Design {
  const text = `loadpath: 1
name: long memory
traffic: { v: { rate: ${rate}, requests: { get: { to: ${to} } } } }
blocks: { ${blocks} }
${run}`
  const { design, problems } = readDesign(text, catalogue)
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return design
}

/** A breaker that opens with four failures in a row, in front of a database that fails 15 % of its calls, in no time. */
function breakerDesign(share: string, run = ''): Design {
  const web =
    'web: { type: service, calls: { db: { breaker: { opens: 4 of 4, for: 60s } } }, endpoints: { get: [{ call: db }] } }'
  return designOf('20/s', 'web', `${web}, db: { type: service, endpoints: { get: [{ fail: ${share} }] } }`, run)
}

/** A balancer before two services, of which one fails all calls or none. */
function ejectionDesign(share: string): Design {
  const lb = 'lb: { type: load-balancer, targets: [good, bad], ejection: { fails: 5, for: 100s } }'
  const good = 'good: { type: service, endpoints: { get: [{ wait: 1ms }] } }'
  return designOf('2/s', 'lb', `${lb}, ${good}, bad: { type: service, endpoints: { get: [{ fail: ${share} }] } }`)
}

async function availabilityOf(design: Design) {
  const answer = await simulate(design, { runner, longer: false })
  const { availability } = answer.requests[0] as (typeof answer.requests)[number]
  if (!availability.sufficient) throw new Error(availability.reason)
  return availability
}

/** What one replication of 1,000 s shows. */
async function replicated(design: Design) {
  const plan = steadyPlan(design, 1e6, 5e5)
  const limits = { events: 1e6, inside: 1e6, wallMs: Number.POSITIVE_INFINITY }
  const replicates = [
    ...(await runner([{ design, seed: 1, replication: 0, workFactor: 1, plan, trace: null, limits }])),
  ]
  return { design, plan, replicates }
}

async function planned(design: Design) {
  const context = { options: { runner, longer: false }, seed: 1, workFactor: 1 } as unknown as RunContext
  return (await prepare(design, context)).plan
}

describe('a steady-state run of a breaker that opens', () => {
  it('has the availability of renewal theory', async () => {
    const availability = await availabilityOf(breakerDesign('15%'))
    const failing = 0.15
    // Calls until four in a row have failed; then it is open at least once for 60 s, until a trial has succeeded.
    const closed = (1 - failing ** 4) / ((1 - failing) * failing ** 4)
    const expected = (closed * (1 - failing) + 1) / (closed + (1 + 20 * 60) / (1 - failing))
    expect(expected).toBeCloseTo(0.53, 2)
    expect(availability.low).toBeLessThan(expected)
    expect(availability.high).toBeGreaterThan(expected)
    expect((availability.high - availability.low) / 2).toBeLessThan(0.02)
  })

  it('names the length that it needs if the limit has no room for it', async () => {
    const answer = await simulate(breakerDesign('15%', 'run: { bounds: { events: 50k } }'), { runner, longer: false })
    expect(answer.verdict.sentence).toMatch(
      /the breaker for db of web remembers 3 minutes, so a replication must last 13 minutes; set run.bounds.events to at least \d+M, or set run.for/,
    )
  })
})

describe('a steady-state run of an ejection', () => {
  it('has the availability of a target that fails five calls in 300 s', async () => {
    const availability = await availabilityOf(ejectionDesign('100%'))
    // 600 calls while it is out, and about 10 in turns until it has failed five.
    const expected = 1 - 5 / 609.5
    expect(availability.low).toBeLessThan(expected)
    expect(availability.high).toBeGreaterThan(expected)
  })
})

describe('the plan of a steady-state run', () => {
  it.each([
    ['a breaker', breakerDesign('15%'), 180, 600],
    ['an ejection', ejectionDesign('100%'), 600, 3000],
  ])('leaves out and measures as long as %s needs that acts', async (_, design, leftOut, measured) => {
    const { measureFromMs, measureToMs } = await planned(design)
    expect(measureFromMs).toBeGreaterThanOrEqual(leftOut * 1000 - 1)
    expect(measureToMs - measureFromMs).toBeGreaterThanOrEqual(measured * 1000 - 1)
  })

  it('leaves out two windows of 1,024 times before a hedge by percentile', async () => {
    const call = '{ call: { to: db, hedge: p95 } }'
    const web = `web: { type: service, instances: 2, endpoints: { get: [${call}] } }`
    const db = 'db: { type: service, endpoints: { get: [{ wait: exponential 10ms }] } }'
    const { measureFromMs } = await planned(designOf('50/s', 'web', `${web}, ${db}`))
    expect(measureFromMs / 1000).toBeGreaterThan(75)
    expect(measureFromMs / 1000).toBeLessThan(90)
  })

  it.each([
    ['a breaker', breakerDesign('0%')],
    ['an ejection', ejectionDesign('0%')],
  ])('stays as it is with %s that never acts', async (_, design) => {
    const found = await replicated(design)
    const replication = { leftOut: 20, length: 200 }
    expect(memoryNeeded(found)).toBeNull()
    expect(longerForMemory(found, { fromMs: 1, toMs: 2 })).toBeNull()
    expect(withMemory(found, replication, 500)).toBe(replication)
  })

  it('is made longer by a round in which a breaker has opened, unless it is long enough', async () => {
    const found = await replicated(breakerDesign('15%'))
    expect(longerForMemory(found, { fromMs: 1e5, toMs: 2e5 })).toEqual({ fromMs: 180_000, toMs: 780_000 })
    expect(longerForMemory(found, { fromMs: 2e5, toMs: 3e5 })).toEqual({ fromMs: 2e5, toMs: 8e5 })
    expect(longerForMemory(found, { fromMs: 180_000, toMs: 780_000 })).toBeNull()
  })
})
