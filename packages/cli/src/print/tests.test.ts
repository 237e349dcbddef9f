import type { RelationAnswer } from '@loadpath/core'
import { expect, it } from 'vitest'
import { relationOf } from './tests.ts'
import { tie } from './width.ts'

const exactly = (point: number) => ({
  sufficient: true as const,
  point,
  low: point,
  high: point,
  confidence: 0.95,
  replications: 10,
})

/** `half.p99 < p99 - 1ms` */
const relation = { text: 'half.p99 < p99 - 1ms', dimension: 'duration', factor: 1, margin: -1 }

it('prints no difference from an unanswered percentile', () => {
  const [left, right] = [exactly(12), exactly(Number.POSITIVE_INFINITY)]
  const difference = exactly(Number.NEGATIVE_INFINITY)
  const answer = { relation, left, right, difference, ratio: exactly(0) } as unknown as RelationAnswer
  expect(relationOf(answer).replaceAll(tie, ' ')).toBe('12.0 ms against unanswered')
  const known = { ...answer, right: exactly(20), difference: exactly(-7) } as RelationAnswer
  expect(relationOf(known).replaceAll(tie, ' ')).toBe('12.0 ms against 20.0 ms: -7.00 ms from the margin')
})
