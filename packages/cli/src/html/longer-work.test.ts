import type { Answer, Estimate } from '@loadpath/core'
import { expect, test } from 'vitest'
import { between, missing, sampleAnswer } from '../print/sample-answer.ts'
import { longerWork } from './longer-work.ts'

const unanswered = between(Infinity, Infinity, Infinity)

/** The note below the figure, of a p50 of 12 ms and these further percentiles. */
function noteOf(outcome: Answer['verdict']['outcome'], tail: readonly Estimate[]): string | undefined {
  const [all] = sampleAnswer.requests
  if (all === undefined) throw new Error('the sample has no requests')
  const percentiles = [between(12, 12.1, 12.2), ...tail].map((estimate, i) => {
    const ms = estimate.sufficient ? 1.1 * estimate.point : null
    const longer = { serviceTimePlus5: ms, serviceTimePlus20: ms, serviceTimePlusUnknown: null }
    return { percentile: [50, 90, 99][i] as number, estimate, ...longer, nearKnee: false }
  })
  const verdict = { ...sampleAnswer.verdict, outcome }
  const page = longerWork({ ...sampleAnswer, verdict, requests: [{ ...all, percentiles }] }, { level: 2, prefix: '' })
  return /[^<>]*(?:rises|unanswered, with)[^<>]*/.exec(page.text)?.[0]
}

test('a design that carries its load is robust if all its percentiles are known and hardly rise', () => {
  expect(noteOf('carries', [between(79, 80, 81)])).toBe(
    'No percentile rises by more than half: the results are robust to small errors in service times.',
  )
})

test('a failing design is not called robust', () => {
  expect(noteOf('failing', [between(79, 80, 81)])).toBe('No percentile rises by more than half.')
})

test('percentiles that are unanswered are named', () => {
  expect(noteOf('failing', [unanswered, unanswered])).toBe(
    'p90 and p99 are unanswered, with or without longer service times. No other known percentile rises by more than half.',
  )
})

test('a percentile that is unknown is not said to stay', () => {
  expect(noteOf('carries', [missing('7 of 10 replications')])).toBe('No known percentile rises by more than half.')
})
