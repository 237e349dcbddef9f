import { expect, it } from 'vitest'
import { footing } from './footer.ts'
import { sampleAnswer } from './sample-answer.ts'

const endOf = (leadIn?: { lengthMs: number; emptyBecause: string | null }) =>
  footing({
    ...sampleAnswer,
    run: { ...sampleAnswer.run, kind: 'terminating', ...(leadIn === undefined ? {} : { leadIn }) },
  }).replaceAll(/\s/g, ' ')

it('the footer has the lead-in of a warmed run, or the reason for an empty start', () => {
  expect(endOf()).not.toContain('starts')
  expect(endOf({ lengthMs: 36_000, emptyBecause: null })).toContain(
    'It starts in steady state, after a lead-in of 36 s that is not measured.',
  )
  expect(endOf({ lengthMs: 0, emptyBecause: 'web is overloaded' })).toContain(
    'It starts empty although run.start is warmed: no steady state at 0 s (web is overloaded).',
  )
})
