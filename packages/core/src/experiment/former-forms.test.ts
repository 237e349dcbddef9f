import { expect, it } from 'vitest'
import { fixDesign } from '../language/fix.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'

const before = (faults: string, steps: string) => `loadpath: 1
name: former
traffic: { visitors: { rate: 10/s, requests: { view: { to: web } } } }
blocks:
  web:
    type: service
    endpoints:
      view:
${steps}
  db: { type: database }
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
  expect(designs[0]).toEqual(designs[1])
})
