import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { parse } from 'yaml'
import { evictions } from '../blocks/cache/eviction/index.ts'
import { readCase } from '../experiment/case.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { reasons } from '../kernel/outcome.ts'
import { printProblem, readDesign, readObject } from '../language/index.ts'
import { definitionEntries } from './definitions.ts'
import { allEntries, explain, nearestWord } from './explain.ts'
import { families } from './owned-fields.ts'
import { presetEntries } from './presets.ts'
import { placeOfFamily, sample, sampleFiles } from './sample.ts'

const entries = allEntries()

/** A log-normal distribution is what two percentiles mean; percentiles have numbers. */
const namedOtherwise = new Set(['log-normal', 'percentile'])

/** Bounds that no running system can have: a design may name them, and is told why it may not use them. */
const needsFuture = new Set(evictions.members.filter(({ needs }) => needs !== undefined).map(({ name }) => name))

type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The sample with what the example says in place of what stood there. */
function merged(under: Tree, over: Tree): Tree {
  const added = Object.entries(over).map(([key, value]) => {
    const before = under[key]
    return [key, isTree(before) && isTree(value) ? merged(before, value) : value]
  })
  return { ...under, ...Object.fromEntries(added) }
}

function mistakesIn(example: string): readonly string[] {
  const isWhole = example.startsWith('loadpath:')
  const { problems } = isWhole
    ? readDesign(example, catalogue)
    : readObject(merged(sample, parse(example) as Tree), catalogue, { readFile: sampleFiles })
  // The sample calls everything; an example that replaces a call need not. Its trace is of one format only.
  const wrong = problems.filter(({ code }) => code !== 'unused-block' && code !== 'unknown-trace')
  return wrong.map((problem) => printProblem(problem, isWhole ? example : undefined))
}

test('the sample has a place for every family', () => {
  expect(readObject(sample, catalogue, { readFile: sampleFiles }).problems).toEqual([])
  expect(families.filter((family) => placeOfFamily(family) === undefined)).toEqual([])
})

describe.each(definitionEntries.filter(({ family }) => family !== 'section'))('$family $word', (one) => {
  it('has an example that is a design, or fits into one', () => {
    if (!namedOtherwise.has(one.word) && one.family !== 'review rule') expect(one.example).toContain(one.word)
    const mistakes = mistakesIn(one.example ?? '')
    if (needsFuture.has(one.word)) expect(mistakes.join()).toContain('future-needed')
    else expect(mistakes).toEqual([])
  })

  it('is found by its name and by every other word for it', () => {
    for (const word of [one.word, ...one.aliases]) expect(explain(word, entries)).toContain(one)
  })

  it('every field has a meaning and is marked if required', () => {
    for (const { meaning, required, default: value } of one.fields) {
      expect(meaning).not.toBe('')
      expect(required && value !== undefined).toBe(false)
    }
  })
})

test.each(presetEntries)('preset $word has an example that fits into a design', ({ example, word, fields }) => {
  expect(mistakesIn(example ?? '')).toEqual([])
  expect(example).toContain(`like: ${word}`)
  expect(fields).not.toEqual([])
})

const others = entries.filter(({ family }) => ['key', 'section', 'region'].includes(family))

test.each(others.filter(({ example }) => example !== undefined))(
  '$family $word has an example that is a design, or fits into one',
  ({ example = '' }) => {
    expect(mistakesIn(example)).toEqual([])
  },
)

test.each([
  ['slow', 'slow: {on}, factor: {factor}'],
  ['worsen', 'worsen: {between}, latency: {latency}, loss: {loss}'],
  ['crash', 'crash: {on}'],
  ['cut', 'cut: {between}'],
  ['fail', 'fail: {on}, share: {share}'],
  ['surge', 'surge: {of}, factor: {factor}'],
])('the syntax of the fault %s has every field that it needs', (word, form) => {
  expect(explain(word, entries).find(({ family }) => family === 'fault')?.written).toEqual([form])
})

describe('guards and places', () => {
  it.each(['breaker', 'pool', 'bulkhead', 'rate-limit'])('%s is written under `calls`, not at one call', (word) => {
    const keys = explain(word, entries).filter(({ family }) => family === 'key')
    expect(keys[0]?.standsAt).toEqual(expect.arrayContaining([`service.calls.${word}`, `defaults.call.${word}`]))
    expect(keys[0]?.standsAt).not.toContain(`call.${word}`)
  })

  it.each([
    ['breaker', 'opens window least-calls for trials'],
    ['pool', 'connections timeout limit'],
    ['bulkhead', 'calls limit'],
    ['hedge', 'after attempts'],
    ['retry', 'attempts failures retry-after back-off budget budget.share budget.burst'],
    ['ejection', 'fails for max'],
    ['health-check', 'every timeout fails passes'],
    ['sticky', 'for when-down'],
  ])('%s shows its fields and an example', (word, inner) => {
    const key = explain(word, entries).find(({ family }) => family === 'key')
    expect(key?.fields.map(({ name }) => name)).toEqual([word, ...inner.split(' ').map((name) => `${word}.${name}`)])
    if (word !== 'sticky') expect(key?.example).toContain(`${word}:`)
  })

  it.each([
    ['places', 'zones zone-round-trip to to.<name>.round-trip to.<name>.latency to.<name>.loss'],
    ['defaults', 'call request service cache'],
    ['calls', 'timeout cancels retry.budget hedge.after breaker.opens rate-limit bulkhead.calls pool.connections'],
  ])('section %s shows its fields and a design', (word, inner) => {
    const [section] = explain(word, entries)
    expect(section?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(inner.split(' ')))
    expect(section?.example).toContain(`${word}:`)
  })

  it.each([
    ['service.calls', 'service.calls'],
    ['calls.breaker', 'service.calls.breaker'],
    ['pool.timeout', 'service.calls.pool.timeout'],
    ['Pool.time-out', 'service.calls.pool.timeout'],
  ])('the path %s leads to the field', (path, at) => {
    expect(explain(path, entries).flatMap(({ standsAt }) => standsAt)).toContain(at)
  })

  it('every reason of failure and every region with published round trips is explained', () => {
    for (const { name, meaning } of Object.values(reasons)) {
      const found = explain(name, entries).find(({ family }) => family === 'reason of failure')
      expect(found?.summary.toLowerCase(), name).toContain(meaning.toLowerCase())
    }
    const [london] = explain('eu-west', entries)
    expect(london?.members).toContainEqual({ name: 'us-east', summary: '75 ms (Washington DC)' })
    expect(explain('sa-east', entries).map(({ family }) => family)).toEqual(['region'])
  })

  it('ejection names the limit of a balancer, and the remedy', () => {
    expect(explain('ejection', entries)[0]?.summary).toMatch(/no time-out of its own.*`health-check`/)
  })
})

test.each(definitionEntries.filter(({ family }) => !['measure', 'section', 'review rule'].includes(family)))(
  '$family $word says when it is good and what it costs',
  ({ goodFor, costs }) => {
    expect([goodFor ?? '', costs ?? '']).not.toContain('')
  },
)

test('an objective on a percentile is explained', () => {
  expect(explain('p99.9', entries).map(({ word }) => word)).toEqual(['percentile'])
  expect(explain('p99', entries).map(({ family }) => family)).toEqual(['measure', 'key'])
  expect(explain('p', entries)).toEqual([])
})

test('a word is explained in every family that has it', () => {
  expect(explain('constant', entries).map(({ family }) => family)).toEqual(
    ['back-off', 'shape', 'distribution'].sort((a, b) => order(a) - order(b)),
  )
  expect(explain('timeout', entries)[0]?.standsAt).toContain('call.timeout')
  expect(explain('duration', entries)[0]?.summary).toContain('Units: ns us ms s min h d')
})

function order(family: string): number {
  return entries.findIndex((one) => one.family === family)
}

test('a word that is not known leads to the nearest', () => {
  expect(explain('lruu', entries)).toEqual([])
  expect(nearestWord('lruu', entries)).toBe('lru')
})

test('case, hyphens, blanks, the plural and the former name make no difference', () => {
  const found = (word: string) => explain(word, entries).map((one) => one.word)
  expect(found('Cache Aside')).toEqual(['cache-aside'])
  expect(found('timeouts')).toEqual(['timeout'])
  expect(found('time-out')).toEqual(['timeout'])
  expect(found('Retries')).toEqual(['retry'])
  expect(found('gives-up')).toEqual(['cancels'])
  expect(found('haul')).toEqual(['origin-latency'])
  expect(found('unknown fields')).toEqual(['unknown-field'])
})

test('a family lists its members, each with one line', () => {
  for (const word of ['eviction', 'distributions', 'fault', 'step', 'measure', 'like', 'format', 'review rule']) {
    const [family] = explain(word, entries).filter((one) => one.family === 'family')
    expect(family?.members.length, word).toBeGreaterThan(2)
    for (const { name, summary } of family?.members ?? []) expect(summary, name).not.toBe('')
  }
})

test('a validation case is explained, and its example is one', () => {
  const [found] = explain('case.yaml', entries)
  expect(found?.fields.map(({ name }) => name)).toContain('expect.<number>.tolerance')
  const { problems } = readCase({
    caseText: found?.example ?? '',
    designText:
      'loadpath: 1\nname: mm1\ntraffic: { visitors: { rate: 80/s, requests: { view: { to: web } } } }\nblocks: { web: { type: service, endpoints: { view: [{ compute: exponential 10ms }] } } }\n',
  })
  expect(problems).toEqual([])
})

test('a product leads to the members in which it is seen', () => {
  const members = (word: string) =>
    explain(word, entries).flatMap((one) => (one.family === 'product' ? one.members.map(({ name }) => name) : []))
  expect(members('redis')).toEqual(expect.arrayContaining(['cache', 'lru', 'drop-oldest']))
  expect(members('SQS')).toEqual(['queue'])
  expect(members('least_conn')).toContain('least-outstanding')
  expect(explain('nginx', entries).filter(({ family }) => family === 'preset')).toHaveLength(2)
})

test.each(['tail', 'hash', 'gc', 'abc'])('%s is near to no other word', (word) => {
  expect(nearestWord(word, definitionEntries)).toBeUndefined()
})

/** Codes of problems are written as text in what reports them. */
test('every code that core can report is explained', () => {
  const files = readdirSync(new URL('..', import.meta.url), { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.ts') && !/test|toy|explain/.test(file))
  const codes = sources.flatMap((file) => {
    const text = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
    return [...text.matchAll(/code: '([a-z]+(?:-[a-z]+)+)'|fault\('([a-z]+(?:-[a-z]+)+)'/g)].map(
      (match) => match[1] ?? match[2],
    )
  })
  const known = new Set(entries.filter(({ family }) => family === 'problem').map(({ word }) => word))
  expect(new Set(codes).size).toBeGreaterThan(40)
  expect([...new Set(codes)].filter((code) => !known.has(code as string))).toEqual([])
})

test('every explained problem has a remedy, and its code is given once', () => {
  const problems = entries.filter(({ family }) => family === 'problem')
  expect(problems.filter(({ remedy, summary }) => remedy === undefined || summary === '')).toEqual([])
  expect(new Set(problems.map(({ word }) => word)).size).toBe(problems.length)
})
