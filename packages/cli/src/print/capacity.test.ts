import type { CapacityAnswer, CapacityPoint } from '@loadpath/core'
import { expect, test } from 'vitest'
import { printCapacity } from './capacity.ts'
import { plain } from './page.ts'

function point(factor: number, outcome: CapacityPoint['outcome'], amounts: Partial<CapacityPoint>): CapacityPoint {
  const verdict = { outcome: 'carries', nearKnee: false, sentence: 'carries this load', overloads: [] } as const
  return {
    factor,
    outcome,
    offeredPerSecond: null,
    users: null,
    batch: null,
    certain: true,
    verdict,
    objectives: [],
    overloads: [],
    bottleneck: null,
    ...amounts,
  }
}

function printed(holdsAt: CapacityPoint, nextAbove: CapacityPoint): string {
  const answer: CapacityAnswer = {
    schemaVersion: 1,
    design: 'shop',
    seed: 1,
    criterion: 'objectives',
    holdsFrom: holdsAt,
    holdsAt,
    nextBelow: null,
    nextAbove,
    points: [holdsAt, nextAbove],
    interrupted: false,
  }
  return printCapacity(answer, { width: 100, colours: plain }).flat().join('\n')
}

test('the load of a batch is printed as a number of requests, without a rate', () => {
  const text = printed(point(38 / 7, 'holds', { batch: 38 }), point(39 / 7, 'misses', { batch: 39 }))
  expect(text.replace(/\s+/g, ' ')).toContain(
    'up to 5.43 times its load, 38 requests at once; misses an objective at 39 requests.',
  )
  expect(text).toMatch(/load {2}requests at once {2}result/)
  expect(text).not.toMatch(/\d\/s|offered/)
})

test('the load of a source with a rate is printed as a rate', () => {
  const text = printed(point(2, 'holds', { offeredPerSecond: 20 }), point(4, 'misses', { offeredPerSecond: 40 }))
  expect(text.replace(/\s+/g, ' ')).toContain('up to 2.00 times its load, 20.0/s; misses an objective at 4.00 times.')
  expect(text).not.toContain('requests at once')
})

test('each load holds, misses or is inconclusive, in the sentence and in the table', () => {
  const holds = point(1, 'holds', { offeredPerSecond: 10 })
  const inconclusive = printed(holds, point(2, 'inconclusive', { offeredPerSecond: 20, certain: false }))
  expect(inconclusive.replace(/\s+/g, ' ')).toContain('; inconclusive at 2.00 times.')
  expect(inconclusive).toMatch(/1\.00 × +10\.0\/s {2}holds/)
  expect(inconclusive).toMatch(/2\.00 × +20\.0\/s {2}inconclusive/)
  expect(inconclusive).not.toMatch(/\b(pass|fail|unknown)|point estimate/i)
})

test('a load decided by the point estimate says so, and the footer explains it once', () => {
  const text = printed(
    point(1, 'holds', { offeredPerSecond: 10 }),
    point(2, 'misses', { offeredPerSecond: 20, certain: false }),
  )
  expect(text).toContain('misses (point estimate only)')
  expect(text.replace(/\s+/g, ' ')).toContain(
    '“Point estimate only”: the interval contains the bound, so the estimate alone decides',
  )
})
