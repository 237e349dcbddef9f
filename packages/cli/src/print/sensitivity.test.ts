import type { SensitivityAnswer } from '@loadpath/core'
import { expect, test } from 'vitest'
import { plain } from './page.ts'
import { between } from './sample-answer.ts'
import { printSensitivity } from './sensitivity.ts'

const answer = {
  schemaVersion: 1,
  design: 'shop',
  seed: 1,
  increase: 1.1,
  target: { text: 'p99 < 200ms', chosen: 'named', dimension: 'duration' },
  unchanged: between(79, 80, 81),
  overloaded: null,
  stopped: null,
  rows: [],
  interrupted: false,
} satisfies SensitivityAnswer

const row = {
  path: 'web.compute',
  meaning: 'work',
  dimension: 'duration',
  from: 1,
  to: 1.1,
  changed: 80,
  difference: between(-1, 0, 1),
  verdict: 'not significant',
  costPerHour: 0,
  pricePerUnit: null,
} as const

const said = (rows: SensitivityAnswer['rows']) =>
  printSensitivity({ ...answer, rows }, { width: 200, colours: plain })
    .flat()
    .join(' ')
    .replaceAll(/\s+/g, ' ')

test('without a significant effect, --sensitivity lists the numbers that it tried', () => {
  expect(said([row])).toContain('The only number tried has no significant effect: web.compute.')
  expect(said([row, { ...row, path: 'db.read' }])).toContain(
    'None of the 2 numbers tried has a significant effect: web.compute, db.read.',
  )
  expect(said([])).toContain('The design has no number that could be raised.')
})

test('--sensitivity names its target and how it was chosen', () => {
  expect(said([row])).toContain('Target: p99 < 200ms (now 80 ms ± 1), the objective named.')
})
