import { expect, it } from 'vitest'
import { catalogue } from '../experiment/catalogue.ts'
import { readDesign } from '../language/index.ts'
import { callsDuring, demandsOf, drawsDuring, operationsIn } from './of-block.ts'

const { design } = readDesign(
  `loadpath: 1
name: shop
traffic: { visitors: { rate: 10/s, requests: { view: { to: web }, buy: { to: web } } } }
blocks:
  web: { type: service, endpoints: { view: [{ compute: 1ms }, { call: data.read }], buy: [{ compute: 2ms }, { call: data.write }] } }
  data: { type: database, object-size: 1KiB }
`,
  catalogue,
)
const web = design?.blocks.find(({ name }) => name === 'web') as NonNullable<typeof design>['blocks'][number]

it('the facts of one operation exclude those of the others', () => {
  expect([...(operationsIn(web) ?? [])]).toEqual(['buy', 'view'])
  expect(callsDuring(web, 'buy').map(({ to }) => to)).toMatchObject([{ block: 'data', operation: 'write' }])
  expect(drawsDuring(web, 'buy').map(({ distribution }) => distribution.values)).toEqual([{ value: 2 }])
  expect(demandsOf(web, 'view').length).toBeGreaterThan(0)
  expect(demandsOf(web, 'view').every(({ operation }) => operation === undefined || operation === 'view')).toBe(true)
})

it('the facts of a block are computed once for all its operations', () => {
  for (const of of [callsDuring, demandsOf, drawsDuring]) expect(of(web, 'buy')[0]).toBe(of(web, 'buy')[0])
})
