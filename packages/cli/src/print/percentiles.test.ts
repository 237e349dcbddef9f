import type { RequestAnswer } from '@loadpath/core'
import { expect, test } from 'vitest'
import { plain } from './page.ts'
import { printPercentiles } from './percentiles.ts'
import { between, sampleAnswer } from './sample-answer.ts'

test('what has no value with longer work says why, below the table', () => {
  const [all] = sampleAnswer.requests as [RequestAnswer]
  const estimate = between(99, 100, 101)
  const common = {
    estimate,
    nearKnee: false,
    serviceTimePlus20: null,
    serviceTimePlusUnknown: 'the backlog at jobs grows without end',
  }
  const percentiles = [
    { ...common, percentile: 50, serviceTimePlus5: 105 },
    { ...common, percentile: 99, serviceTimePlus5: 105 },
    { ...common, percentile: 99.9, serviceTimePlus5: null },
  ]
  const answer = { ...sampleAnswer, requests: [{ ...all, percentiles }] }
  expect(printPercentiles(answer, { width: 100, colours: plain }).slice(-2)).toEqual([
    '  p50, p99 not known: with all work 20 % longer, the backlog at jobs grows without end.',
    '  p99.9 not known: with all work 5 % and 20 % longer, the backlog at jobs grows without end.',
  ])
})

test('a run that asks for too few replications says how many a percentile needs', () => {
  const of = (replications: number) =>
    printPercentiles(
      { ...sampleAnswer, run: { ...sampleAnswer.run, kind: 'terminating', replications, stopped: null } },
      { width: 100, colours: plain },
    ).join('\n')
  expect(of(7)).toContain('A percentile needs 10 replications: set run.repeat to that or more.')
  expect(of(10)).not.toContain('run.repeat')
})
