import type { RequestAnswer } from '@loadpath/core'
import { expect, test } from 'vitest'
import { plain } from './page.ts'
import { printPercentiles } from './percentiles.ts'
import { between, sampleAnswer } from './sample-answer.ts'

test('a percentile without a value for longer service times has a reason below the table', () => {
  const [all] = sampleAnswer.requests as [RequestAnswer]
  const estimate = between(99, 100, 101)
  const common = {
    estimate,
    nearKnee: false,
    serviceTimePlus20: null,
    serviceTimePlusUnknown: 'the backlog at jobs grows without limit',
  }
  const percentiles = [
    { ...common, percentile: 50, serviceTimePlus5: 105 },
    { ...common, percentile: 99, serviceTimePlus5: 105 },
    { ...common, percentile: 99.9, serviceTimePlus5: null },
  ]
  const answer = { ...sampleAnswer, requests: [{ ...all, percentiles }] }
  expect(printPercentiles(answer, { width: 100, colours: plain }).slice(-2)).toEqual([
    '  p50, p99 unknown with service times 20 % longer: the backlog at jobs grows without limit.',
    '  p99.9 unknown with service times 5 % and 20 % longer: the backlog at jobs grows without limit.',
  ])
})

test('a run that requests too few replications says how many a percentile needs', () => {
  const of = (replications: number) =>
    printPercentiles(
      { ...sampleAnswer, run: { ...sampleAnswer.run, kind: 'terminating', replications, stopped: null } },
      { width: 100, colours: plain },
    ).join('\n')
  expect(of(7)).toContain('Percentiles need 10 replications: set run.repeat to at least 10.')
  expect(of(10)).not.toContain('run.repeat')
})
