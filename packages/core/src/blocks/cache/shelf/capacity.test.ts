import { expect, it } from 'vitest'
import { distributions } from '../../../support/distributions/index.ts'
import { type Notation, nodeOf } from '../../../support/params/node.ts'
import { startReading } from '../../../support/params/reading.ts'
import { nominalWorld } from '../../../support/params.ts'
import { capacity } from './capacity.ts'

function read(notation: Notation): unknown {
  const { problems, reading } = startReading(distributions)
  const value = capacity.read(nodeOf(notation, { path: 'capacity' }), reading)
  return problems.length > 0 ? problems.map(({ code }) => code) : nominalWorld(value)
}

it.each([
  ['8GiB', { unit: 'bytes', amount: 8 * 2 ** 30 }],
  ['64MB ± 10%', { unit: 'bytes', amount: 64e6 }],
  ['10k', { unit: 'entries', amount: 10_000 }],
  [500, { unit: 'entries', amount: 500 }],
  ['500..700', { unit: 'entries', amount: 600 }],
])('reads %s', (notation, expected) => {
  expect(read(notation)).toEqual(expected)
})

it.each(['0B', '0', '10ms', 'much'])('refuses %s', (notation) => {
  expect(read(notation)).toEqual([expect.any(String)])
})
