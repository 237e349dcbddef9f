import { expect, test } from 'vitest'
import { readDesign } from '../language/index.ts'
import type { RelationAnswer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { compare } from './compare.ts'
import { replicate } from './replicate.ts'
import type { Runner } from './task.ts'
import { testDesign } from './test-design.ts'

const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))

const text = (objectives: string) => `loadpath: 1
name: a shop
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks: { web: { type: service, endpoints: { view: [ { compute: exponential 5ms } ] } } }
run: { for: 30s, repeat: 20 }
objectives: [ ${objectives} ]
variants:
  slow: { web.endpoints.view.1.compute: exponential 6ms }
  drowned: { visitors.rate: 300/s }
  broken: { faults: [ { crash: web, at: 1s } ] }
`

function designIn(written: string, variant: string | undefined) {
  const { design, problems } = readDesign(written, catalogue, variant === undefined ? {} : { variant })
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join())
  return design
}

async function relationsOf(...asked: readonly string[]): Promise<readonly RelationAnswer[]> {
  const written = text(asked.join(', '))
  const { objectives } = await testDesign((variant) => designIn(written, variant), { runner })
  return objectives.filter((objective) => 'relation' in objective)
}

test('the difference is paired: as narrow as that of a comparison', async () => {
  const [relation] = await relationsOf('slow.mean > mean')
  const written = text('mean < 1s')
  const { differences } = await compare([designIn(written, undefined), designIn(written, 'slow')], { runner })
  const paired = differences[0]?.measures.find(({ measure }) => measure === 'mean')?.difference
  expect(relation).toMatchObject({ verdict: 'met', left: { sufficient: true }, right: { sufficient: true } })
  if (relation?.difference.sufficient !== true || paired?.sufficient !== true) throw new Error('there is a difference')
  expect(relation.difference.point).toBeCloseTo(paired.point, 9)
  expect(relation.difference.low).toBeCloseTo(paired.low, 9)
  const { left, right } = relation
  if (!left.sufficient || !right.sufficient) throw new Error('both are measured')
  const halfWidths = (left.high - left.low + right.high - right.low) / 2
  expect(relation.difference.high - relation.difference.low).toBeLessThan(halfWidths)
})

test('a factor and a margin move the bound', async () => {
  const verdicts = (await relationsOf('slow.mean > 1.1 * mean', 'slow.mean > 3 * mean', 'slow.mean < mean + 1s')).map(
    ({ verdict }) => verdict,
  )
  expect(verdicts).toEqual(['met', 'missed', 'met'])
})

test('two measures of one variant, and two blocks, can be compared', async () => {
  const [tail, block] = await relationsOf('p99 > 2 * p50', 'slow.web.p99 > web.p99')
  expect([tail?.verdict, block?.verdict]).toEqual(['met', 'met'])
})

test('an unanswered percentile is slower than any other and not equal to itself', async () => {
  const [above, below, both] = await relationsOf(
    'broken.p99 > 100 * p99',
    'p99 < drowned.p99',
    'broken.p99 > broken.p99',
  )
  expect([above?.verdict, below?.verdict]).toEqual(['met', 'met'])
  expect(both?.verdict).toBe('inconclusive')
})

test('shares of 0 % and 100 % are compared by their bounds', async () => {
  const [sure, equal] = await relationsOf('availability > broken.availability', 'availability > slow.availability')
  expect([sure?.verdict, equal?.verdict]).toEqual(['met', 'inconclusive'])
})

test('a backlog that no request waits for leaves a relation of response times decided', async () => {
  const written = text('p99 < 100ms, slow.p99 < 1.1 * p99')
    .replace('compute: exponential 5ms }', 'compute: 5ms }, { publish: jobs }')
    .replace('blocks: {', 'blocks: { jobs: { type: queue, workers: { compute: exponential 10ms } },')
    .replace('slow: { web.endpoints.view.1.compute: exponential 6ms }', 'slow: { jobs.workers.compute: 20ms }')
  const { objectives } = await testDesign((variant) => designIn(written, variant), { runner })
  expect(objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met'])
})

test('the interval of a quotient of highly variable numbers stays above 0', async () => {
  const written = text('mean < 0.9 * bursts.mean')
    .replace('{ for: 30s, repeat: 20 }', '{ for: 10s, repeat: 3 }')
    .replace('slow:', 'bursts: { visitors.arrival: bursty cv 8 }\n  slow:')
  const { objectives } = await testDesign((variant) => designIn(written, variant), { runner })
  const { verdict, difference, ratio } = objectives[0] as RelationAnswer
  if (!difference.sufficient || !ratio.sufficient) throw new Error('both are measured')
  // Of three replications with bursts the difference would tell nothing.
  expect([verdict, difference.high > 0]).toEqual(['met', true])
  expect([ratio.low > 0, ratio.high < 0.9]).toEqual([true, true])
})
