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

function printed(holdsAt: CapacityPoint, breaksAt: CapacityPoint): string {
  const answer: CapacityAnswer = {
    schemaVersion: 1,
    design: 'shop',
    seed: 1,
    criterion: 'objectives',
    holdsFrom: holdsAt,
    holdsAt,
    breaksBelow: null,
    breaksAt,
    points: [holdsAt, breaksAt],
    interrupted: false,
  }
  return printCapacity(answer, { width: 100, colours: plain }).flat().join('\n')
}

test('the load of a batch is its number of requests, and no rate', () => {
  const text = printed(point(38 / 7, 'holds', { batch: 38 }), point(39 / 7, 'breaks', { batch: 39 }))
  expect(text).toContain('up to 5.43 times its load, 38 requests at once; fails at 39 requests.')
  expect(text).toMatch(/load {2}requests at once {2}result/)
  expect(text).not.toMatch(/\d\/s|offered/)
})

test('the load of a rate is a rate', () => {
  const text = printed(point(2, 'holds', { offeredPerSecond: 20 }), point(4, 'breaks', { offeredPerSecond: 40 }))
  expect(text).toContain('up to 2.00 times its load, 20.0/s; fails at 4.00 times.')
  expect(text).not.toContain('requests at once')
})
