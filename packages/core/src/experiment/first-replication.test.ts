import { expect, test } from 'vitest'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { firstReplication } from './first-replication.ts'

const text = `loadpath: 1
name: two servers
traffic: { visitors: { rate: 80/s, requests: { page: { to: web } } } }
blocks: { web: { type: service, instances: 2, cores: 1, endpoints: { page: [{ compute: exponential 10ms }] } } }
objectives: [page.p99 < 100ms, more.web.utilization < 30%, more.mean < mean]
variants: { more: { web.instances: 3 } }
`

function first(variant?: string, ...set: readonly string[]) {
  const { design, problems } = readDesign(text, catalogue, { ...(variant === undefined ? {} : { variant }), set })
  expect(problems).toEqual([])
  return firstReplication(design as Design, variant)
}

test('the first replication gives the same plain data each time', () => {
  expect(JSON.stringify(first())).toBe(JSON.stringify(first()))
})

test('the first replication has the objectives of its variant', () => {
  expect(first().measured.map(([objective]) => objective)).toEqual(['page.p99 < 100ms', 'mean'])
  expect(first('more').measured.map(([objective]) => objective)).toEqual(['more.web.utilization < 30%', 'more.mean'])
  expect(first().measured.every(([, point]) => typeof point === 'number')).toBe(true)
})

test('the first replication changes with the rate, the cores, the seed and a fault', () => {
  const kinds = (...set: readonly string[]) => JSON.stringify(first(undefined, ...set).kinds)
  const others = ['visitors.rate=81/s', 'web.cores=2', 'run.seed=2', 'faults=[{ crash: web.1, at: 1s }]']
  expect(new Set([kinds(), ...others.map((set) => kinds(set))]).size).toBe(1 + others.length)
})

test('the first replication ends at its limit of events', () => {
  expect(first(undefined, 'run={ for: 10h }').events).toBeLessThan(500_000)
})
