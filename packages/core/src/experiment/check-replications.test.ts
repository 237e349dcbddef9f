import { expect, test } from 'vitest'
import { assumptionsOf } from '../before-run/network-time.ts'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'

function read(run: string, objective: string) {
  return readDesign(
    `loadpath: 1
name: shop
traffic: { visitors: { rate: 100/s, requests: { view: { to: web } } } }
blocks: { web: { type: service, endpoints: { view: [{ compute: 5ms }] } } }
objectives: [${objective}]
run: ${run}
`,
    catalogue,
  )
}

const said = (run: string, objective: string) =>
  read(run, objective).problems.map(({ severity, code, path, message, hint }) => [severity, code, path, message, hint])

test('a percentile needs ten replications, and check says so', () => {
  const warning = (word: string) => [
    [
      'warning',
      'too-few-replications',
      'run.repeat',
      `${word} needs 10 replications, not 5`,
      'write `repeat: 10` or more',
    ],
  ]
  expect(said('{ for: 60s, repeat: 5 }', 'view.p99 < 1s')).toEqual(warning('p99'))
  expect(said('{ for: 60s, repeat: 5 }', 'web.wait-p95 < 1s')).toEqual(warning('wait-p95'))
})

test('a mean, a steady-state run and ten replications need no warning', () => {
  expect(said('{ for: 60s, repeat: 5 }', 'view.mean < 1s')).toEqual([])
  expect(said('{ until: 5% }', 'view.p99 < 1s')).toEqual([])
  expect(said('{ for: 60s, repeat: 10 }', 'view.p99 < 1s')).toEqual([])
})

test('calls without a link take no time, which is an assumption of the design', () => {
  const { design } = read('{ for: 60s }', 'view.mean < 1s')
  const paths = assumptionsOf(design ?? raise()).map(({ path, value }) => `${path}: ${value}`)
  expect(paths.at(-1)).toBe('network: 0ms')
})

function raise(): never {
  throw new Error('the design is refused')
}
