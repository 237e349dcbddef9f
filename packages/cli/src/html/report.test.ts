import { expect, test } from 'vitest'
import { between, sampleAnswer } from '../print/sample-answer.ts'
import { htmlComparison, namesFor } from './comparison.ts'
import { sumUp } from './objectives.ts'
import { htmlReport } from './report.ts'

const hostile = `</script><script>alert(1)</script><style>*{}</style>"' onload=`

test('text of a design never becomes markup of the page', () => {
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
    expect(tags.filter((tag) => /^<\/?(?:script|img|iframe|object|form|link)\b|\son/i.test(tag))).toEqual([])
    for (const [, target] of page.matchAll(/<a href="([^"]*)"/g)) expect(target).toMatch(/^#[a-z0-9-]+$/)
    expect(page.match(/<a /g)?.length).toBe(page.match(/<a href="#/g)?.length)
    expect(page.match(/<style>/g)).toHaveLength(1)
    expect(page).toContain('&#60;/script&#62;')
  }
})

test('the content security policy allows only the style sheet of the page', () => {
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(htmlReport(sampleAnswer)) ?? []
  expect(policy).toMatch(
    /^default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]+&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;$/,
  )
})

test('the same answer gives the same page', () => {
  expect(htmlReport(sampleAnswer)).toBe(htmlReport(sampleAnswer))
})

test('an answer without pictures keeps its other sections', () => {
  const headings = [...htmlReport(sampleAnswer).matchAll(/<h2[^>]*>([^<]+)</g)].map(([, text]) => text)
  expect(headings).toEqual([
    'Key figures',
    'Objectives',
    'Response time breakdown',
    'Over time',
    'Blocks',
    'Request outcomes',
    'Cost',
    'Assumptions',
    'Method',
  ])
})

test('the page of an overloaded design has no response times', () => {
  const [all] = sampleAnswer.requests
  if (all === undefined) throw new Error('the sample has requests')
  const page = htmlReport({
    ...sampleAnswer,
    requests: [{ ...all, percentiles: [], mean: between(1, 2, 3) }],
    verdict: {
      outcome: 'overloaded',
      nearKnee: false,
      sentence: 'overloaded: web finishes 33/s of the 100/s it receives; its backlog grows by 67/s',
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
  expect(page).toContain('the report has no response times')
  expect(page).toContain('backlog growth')
  expect(page).not.toContain('<dt>mean response time')
  expect(page).not.toContain('<dt>p99')
})

test('designs of one comparison have unique names', () => {
  const names = namesFor([sampleAnswer, { ...sampleAnswer, variant: 'half' }, sampleAnswer]).map(({ name }) => name)
  expect(names).toEqual(['web tier', 'half', 'web tier (2)'])
})

test('objectives are summed up in a sentence', () => {
  const [met, missed] = sampleAnswer.objectives
  if (met === undefined || missed === undefined) throw new Error('the sample has two objectives')
  expect(
    [[met], [met, met], [met, missed], [missed], [met, missed, { ...met, verdict: 'inconclusive' } as const]].map(
      sumUp,
    ),
  ).toEqual([
    'It is met.',
    'All 2 are met.',
    '1 of 2 is met; 1 is missed.',
    'It is missed.',
    '1 of 3 is met; 1 is missed; 1 is inconclusive at this precision.',
  ])
})

test('the table of contents links to every section', () => {
  const page = htmlReport(sampleAnswer)
  const ids = [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, id]) => `#${id}`)
  expect([...page.matchAll(/<a href="([^"]+)"/g)].map(([, target]) => target)).toEqual(ids)
})

test('the tile of a bottleneck beyond saturation prints the load that it carries', () => {
  const bottleneck = { block: 'web', instance: null, resource: 'cores', utilization: 1, saturationLoad: 0.203 }
  expect(htmlReport({ ...sampleAnswer, bottleneck })).toContain('carries at most 0.203 times this load')
  const below = { ...bottleneck, utilization: 0.2, saturationLoad: 5.02 }
  expect(htmlReport({ ...sampleAnswer, bottleneck: below })).toContain('saturates at 5.02 times this load')
})
