import { describe, expect, it, test } from 'vitest'
import { runKind } from '../before-run/run-kind.ts'
import type { Design } from '../language/design.ts'
import { repairAvailability } from '../theory/availability.ts'
import { rarestFault } from './fault-cycles.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import { faultyDesign } from './testing-faults.ts'

const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))

describe('a steady-state run with a fault that happens again and again', () => {
  // Before, every replication began with all instances up and was shorter than the fault: 62 % and 100 % were printed.
  it.each([
    ['exponential 20s', 'exponential 20s', repairAvailability(20, 20)],
    ['10min', '1min', 0.9],
  ])('every %s for %s has the availability of reliability theory', async (every, lasts, expected) => {
    const design = faultyDesign(`{ crash: web, every: ${every}, for: ${lasts} }`)
    const answer = await simulate(design, { runner, longer: false })
    const { availability } = answer.requests[0] as (typeof answer.requests)[number]
    if (!availability.sufficient) throw new Error(availability.reason)
    expect(availability.low).toBeLessThan(expected)
    expect(availability.high).toBeGreaterThan(expected)
    expect(availability.high - availability.low).toBeLessThan(0.15)
  })

  it('reports no availability if the fault is too rare for the run, and names the length that it needs', async () => {
    const answer = await simulate(faultyDesign('{ crash: web, every: exponential 30d, for: 12h }'), {
      runner,
      longer: false,
    })
    expect(answer.verdict.sentence).toMatch(
      /the fault `crash` happens at web once in 31 days, so a replication must last 92 days; set run.bounds.events to at least \d+M, or set run.for/,
    )
    expect(answer.objectives[0]?.verdict).toBe('inconclusive')
  })
})

test('a steady-state run gives recurring faults as the change with time', () => {
  const { run, ...rest } = faultyDesign('{ crash: web, every: exponential 10min, for: 20s }')
  const design = { ...rest, run: { ...run, until: undefined } } as unknown as Design
  const because = 'faults recur at any time, and nothing else changes with time'
  expect(runKind(design)).toMatchObject({ kind: 'steady', because })
  const still = 'nothing in the design changes with time'
  expect(runKind({ ...design, faults: [] })).toMatchObject({ kind: 'steady', because: still })
})

describe('the rarest fault', () => {
  it.each([
    ['{ crash: web, every: exponential 9s, for: 1s }', 1, { fault: 'crash', everyMs: 10_000 }],
    ['{ crash: web, every: exponential 9s, for: 1s }', 4, { fault: 'crash', everyMs: 2500 }],
    ['{ crash: web.2, every: exponential 9s, for: 1s }', 4, { fault: 'crash', everyMs: 10_000 }],
    ['{ crash: web, every: exponential 9s, for: 1s, count: 2 }', 4, { fault: 'crash', everyMs: 10_000 }],
    ['{ pause: web, every: 60s, for: 1s }, { crash: web, every: 9s, for: 1s }', 1, { fault: 'pause', everyMs: 60_000 }],
    ['{ crash: web, at: 1s, every: 9s, for: 1s }', 1, null],
  ])('of %s at %i instances', (faults, instances, expected) => {
    const found = rarestFault(faultyDesign(faults, 'for: 20s', instances))
    if (expected === null) expect(found).toBeNull()
    else expect(found).toMatchObject(expected)
  })
})
