import { expect, test } from 'vitest'
import { between, sampleAnswer } from '../print/sample-answer.ts'
import { htmlComparison, namesFor } from './comparison.ts'
import { shareOf } from './distribution.ts'
import { sumUp } from './objectives.ts'
import { htmlReport } from './report.ts'

const hostile = `</script><script>alert(1)</script><style>*{}</style>"' onload=`

test('a design cannot put anything into the page but text', () => {
  const answer = {
    ...sampleAnswer,
    design: hostile,
    about: hostile,
    blocks: sampleAnswer.blocks.map((block) => ({ ...block, name: hostile, type: hostile })),
    assumptions: [{ path: hostile, value: hostile, meaning: hostile, source: hostile }],
  }
  const pages = [
    htmlReport(answer),
    htmlComparison({
      schemaVersion: 1,
      designs: [answer, answer],
      differences: [{ of: hostile, from: hostile, measures: [] }],
    }),
  ]
  for (const page of pages) {
    const tags = page.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? []
    expect(tags.filter((tag) => /^<\/?(?:script|img|iframe|object|a|form|link)\b|\son/i.test(tag))).toEqual([])
    expect(page.match(/<style>/g)).toHaveLength(1)
    expect(page).toContain('&#60;/script&#62;')
  }
})

test('the policy of the page allows its own style sheet and nothing else', () => {
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(htmlReport(sampleAnswer)) ?? []
  expect(policy).toMatch(
    /^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
  )
})

test('the same answer gives the same page, without a trace of when or where', () => {
  expect(htmlReport(sampleAnswer)).toBe(htmlReport(sampleAnswer))
})

test('an answer without pictures still has its sections', () => {
  const headings = [...htmlReport(sampleAnswer).matchAll(/<h2[^>]*>([^<]+)</g)].map(([, text]) => text)
  expect(headings).toEqual([
    'The numbers that matter',
    'Objectives',
    'Where the time goes',
    'Over time',
    'Each block',
    'What became of the requests',
    'Cost',
    'Assumptions',
    'How this was computed',
  ])
})

test('of an overloaded design no response time is given', () => {
  const [all] = sampleAnswer.requests
  if (all === undefined) throw new Error('the sample has requests')
  const page = htmlReport({
    ...sampleAnswer,
    requests: [{ ...all, percentiles: [], mean: between(1, 2, 3) }],
    verdict: {
      outcome: 'overloaded',
      nearKnee: false,
      sentence: 'does not carry this load: the backlog grows 67/s at web',
      overloads: [
        {
          block: 'web',
          growsPerSecond: 67,
          carriesPerSecond: 33,
          offeredPerSecond: 100,
          finishedPerSecond: 33,
          failedPerSecond: 0,
          full: null,
        },
      ],
    },
  })
  expect(page).toContain('no response time is given')
  expect(page).toContain('backlog grows')
  expect(page).not.toContain('mean response')
  expect(page).not.toContain('99 in 100')
})

test('designs of one comparison are told apart', () => {
  const names = namesFor([sampleAnswer, { ...sampleAnswer, variant: 'half' }, sampleAnswer]).map(({ name }) => name)
  expect(names).toEqual(['web tier', 'half', 'web tier (2)'])
})

test('objectives are summed up in a sentence', () => {
  const [held, missed] = sampleAnswer.objectives
  if (held === undefined || missed === undefined) throw new Error('the sample has two objectives')
  expect(
    [[held], [held, held], [held, missed], [missed], [held, missed, { ...held, verdict: 'inconclusive' } as const]].map(
      sumUp,
    ),
  ).toEqual([
    'It holds.',
    'All 2 hold.',
    '1 of 2 holds; 1 is missed.',
    'It is missed.',
    '1 of 3 holds; 1 is missed; 1 cannot be decided at this precision.',
  ])
})

test('percentiles in words', () => {
  expect([0, 50, 90, 99, 99.9, 99.99].map(shareOf)).toEqual([
    'none',
    'half',
    '9 in 10',
    '99 in 100',
    '999 in 1,000',
    '9,999 in 10,000',
  ])
})
