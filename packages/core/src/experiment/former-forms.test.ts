import { expect, it } from 'vitest'
import { fixDesign } from '../language/fix.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'

const plainDatabase = '  db: { type: database }'

const before = (faults: string, steps: string, database = plainDatabase) => `loadpath: 1
name: former
traffic: { visitors: { rate: 10/s, requests: { view: { to: web } } } }
blocks:
  web:
    type: service
    endpoints:
      view:
${steps}
${database}
faults:
${faults}
`

const steady = '  - { crash: web, at: 1s }'
const step = '        - call: db.read'

/** A part of a design in a former form, and as `check --fix` writes it. */
const cases: readonly (readonly [
  what: string,
  faults: string,
  steps: string,
  fixedFaults: string,
  fixedSteps: string,
])[] = [
  [
    'a step on one line',
    steady,
    '        - { repeat: { times: 6, do: [{ call: db.read }] } } # N + 1',
    steady,
    '        - { repeat: 6, do: [{ call: db.read }] } # N + 1',
  ],
  [
    'a step without braces',
    steady,
    '        - repeat: { times: 6, do: [{ call: db.read }] } # N + 1\n        - compute: 1ms',
    steady,
    '        - { repeat: 6, do: [{ call: db.read }] } # N + 1\n        - compute: 1ms',
  ],
  [
    'a step on several lines, with comments',
    steady,
    `        - branch:
            # measured
            share: 20% # in May
            do:
              - call: db.read # slow
              # and
              - compute: 2ms
            else: [{ compute: 1ms }]
        - compute: 1ms`,
    steady,
    `        - branch: 20%
          # measured
          # in May
          do:
            - call: db.read # slow
            # and
            - compute: 2ms
          else: [{ compute: 1ms }]
        - compute: 1ms`,
  ],
  [
    'a form within another',
    steady,
    '        - { branch: { share: 20%, do: [{ repeat: { times: 3, do: [{ call: db.read }] } }] } }',
    steady,
    '        - { branch: 20%, do: [{ repeat: 3, do: [{ call: db.read }] }] }',
  ],
  [
    'a call with its fields inside',
    steady,
    '        - call: { to: db.read, timeout: 1s }',
    steady,
    '        - { call: db.read, timeout: 1s }',
  ],
  [
    'a pause',
    '  - { pause: web, rate: 6/min, length: exponential 150ms } # gc',
    step,
    '  - { pause: web, every: exponential 10s, for: exponential 150ms } # gc',
    step,
  ],
  [
    'a pause with times, on several lines',
    '  - pause: web\n    rate: 3.6/h\n    length: 1s\n    at: 10s\n    for: 20s',
    step,
    '  - pause: web\n    every: exponential 1000s\n    for: 1s\n    at: 10s\n    until: 30s',
    step,
  ],
]

it.each(cases)('check --fix rewrites %s', (_, faults, steps, fixedFaults, fixedSteps) => {
  const [written, fixed] = [before(faults, steps), before(fixedFaults, fixedSteps)]
  const read = readDesign(written, catalogue)
  expect(read.problems.map(({ code }) => code)).toContain('former-form')
  expect(fixDesign(written, catalogue).text).toBe(fixed)
  const renewed = readDesign(fixed, catalogue)
  expect(renewed.problems.filter(({ code }) => code !== 'no-network-time')).toEqual([])
  // The paths of defaults follow the form.
  const designs = [renewed, read].map(({ design }) => design && { ...design, assumptions: [] })
  expect(designs[0]).toBeDefined()
  expect(designs[0]).toEqual(designs[1])
})

/** A database in a former form, and as `check --fix` writes it. */
const databases: readonly (readonly [former: string, fixed: string])[] = [
  [
    'buffer: { capacity: 1GiB, disk: { p50: 0.7ms, p99: 3ms } }',
    'buffer: { capacity: 1GiB }, disk: { p50: 0.7ms, p99: 3ms }',
  ],
  [
    'operations: { list: { p50: 8ms, p99: 60ms }, get: 1ms }, results: { list: { objects: 10, of: 2000 } }',
    'operations: { list: { work: { p50: 8ms, p99: 60ms }, objects: 10 of 2000 }, get: 1ms }',
  ],
  ['read: 2ms, results: { read: { objects: 20, of: 1k } }', 'read: { work: 2ms, objects: 20 of 1k }'],
  ['results: { read: { objects: 20, of: 1k } }, cores: 4', 'cores: 4, read: { objects: 20 of 1k }'],
  [
    'results: { read: { objects: 20, of: 1k } }, buffer: { capacity: 1GiB, disk: 5ms }',
    'buffer: { capacity: 1GiB }, read: { objects: 20 of 1k }, disk: 5ms',
  ],
]

it.each(databases)('check --fix rewrites a database with %s', (former, fixed) => {
  const of = (fields: string) => before(steady, step, `  db: { type: database, ${fields} }`)
  expect(fixDesign(of(former), catalogue).text).toBe(of(fixed))
  const { design } = readDesign(of(fixed), catalogue)
  expect(design).toBeDefined()
  expect(design).toEqual(readDesign(of(former), catalogue).design)
})

it('check --fix rewrites a database on several lines and leaves its comments', () => {
  const former = `  db:
    type: database # one node
    # measured
    operations:
      list: 8ms
      get: 1ms
    results: { list: { objects: 10, of: 2000 } }
    cores: 4`
  const fixed = `  db:
    type: database # one node
    # measured
    operations:
      list: { work: 8ms, objects: 10 of 2000 }
      get: 1ms
    cores: 4`
  expect(fixDesign(before(steady, step, former), catalogue).text).toBe(before(steady, step, fixed))
})

it('a former form that only a variant produces is reported and not rewritten', () => {
  const text = `${before(steady, step, '  db: { type: database, read: 2ms }')}variants:
  several: { db.results: { read: { objects: 5, of: 100 } } }
`
  expect(readDesign(text, catalogue).problems.map(({ code }) => code)).toEqual(['former-form'])
  expect(fixDesign(text, catalogue).text).toBe(text)
})

it('check --fix rewrites paths of variants to fields inside an item', () => {
  const text = (steps: string, variants: string) =>
    `${before(steady, `        - ${steps}`)}variants:\n  other: { ${variants} }\n`
  const former = text(
    '{ parallel: { times: 2, branches: [[{ branch: { share: 20%, do: [{ call: db.read }] } }]] } }',
    'web.endpoints.view.1.parallel.times: 3, web.endpoints.view.1.parallel.branches.1.1.branch.share: 40%',
  )
  const fixed = text(
    '{ parallel: [[{ branch: 20%, do: [{ call: db.read }] }]], times: 2 }',
    'web.endpoints.view.1.times: 3, web.endpoints.view.1.parallel.1.1.branch: 40%',
  )
  expect(fixDesign(former, catalogue).text).toBe(fixed)
  const variant = 'other'
  const [one, other] = [former, fixed].map((of) => readDesign(of, catalogue, { variant }).design?.blocks)
  expect(one).toBeDefined()
  expect(one).toEqual(other)
})

it('a former form with an unknown field is not rewritten', () => {
  const text = before(steady, '        - { repeat: { times: 6, steps: [{ call: db.read }] } }')
  expect(readDesign(text, catalogue).problems.map(({ code }) => code)).not.toContain('former-form')
  expect(fixDesign(text, catalogue).text).toBe(text)
})

const inFlow = `  db:
    type: database
    buffer: { capacity: 1GiB, disk: 1ms } # in memory
    price: $1/h`

it.each([
  [
    'a mapping between braces in one without',
    inFlow,
    inFlow.replace(', disk: 1ms }', ' }').replace('price: $1/h', 'price: $1/h\n    disk: 1ms'),
  ],
  [
    'a mapping between braces on several lines',
    '  db: { type: database, cores: 2,\n    buffer: { capacity: 1GiB, disk: 1ms },\n    price: $1/h }',
    '  db: { type: database, cores: 2, buffer: { capacity: 1GiB }, price: $1/h, disk: 1ms }',
  ],
])('check --fix rewrites %s', (_, former, fixed) => {
  const [written, expected] = [former, fixed].map((database) => before(steady, step, database))
  expect(fixDesign(written as string, catalogue).text).toBe(expected)
  expect(readDesign(expected as string, catalogue).design).toBeDefined()
})

it.each([
  [
    'an alias would mean something else',
    '        - compute: &t 1ms\n        - { call: { to: db.read, timeout: &t 500ms } }\n        - wait: *t',
    steady,
    '',
  ],
  [
    'an alias would mean nothing',
    '        - repeat: { times: 6, do: &s [{ compute: 1ms }] }\n        - repeat: { times: 3, do: *s }\n        - call: db.read',
    steady,
    '',
  ],
  [
    'a variant has a path into it',
    step,
    '  - { pause: web, rate: 6/min, length: 150ms }',
    'variants: { often: { faults.1.rate: 60/min } }\n',
  ],
])('check --fix keeps the meaning where %s', (_, steps, faults, variants) => {
  const text = before(faults, steps) + variants
  const { design, problems } = readDesign(text, catalogue)
  expect(design).toBeDefined()
  expect(problems.map(({ code }) => code)).toContain('former-form')
  const fixed = fixDesign(text, catalogue).text
  const meanings = [text, fixed].map((one) => JSON.stringify({ ...readDesign(one, catalogue).design, assumptions: [] }))
  expect(meanings[1]).toBe(meanings[0])
})

it('check --fix keeps the line ends of the file', () => {
  const steps = `        - branch:
            share: 20%
            do:
              - call: db.read # slow
            else: [{ compute: 1ms }]`
  const text = before(steady, steps)
  const { text: fixed } = fixDesign(text, catalogue)
  expect(fixed).not.toBe(text)
  const { text: fixedInWindows } = fixDesign(text.replaceAll('\n', '\r\n'), catalogue)
  expect(fixedInWindows).toBe(fixed.replaceAll('\n', '\r\n'))
})
