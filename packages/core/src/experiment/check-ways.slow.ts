import { expect, it } from 'vitest'
import { readDesign, readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

const traffic = { visitors: { rate: '10/s', requests: { read: { to: 'b0', key: 'uniform over 10' } } } }

const service = (step: object) => ({ type: 'service', endpoints: { any: [step] } })
const cacheOf = (next: string) => ({ type: 'cache', of: next, capacity: 5 })

/** Blocks of which each calls the next, `n` of them, and a database at the end. */
const chain = (n: number, block: (next: string, i: number) => object) => ({
  loadpath: 1,
  name: 'chain',
  traffic,
  blocks: {
    ...Object.fromEntries(Array.from({ length: n - 1 }, (_, i) => [`b${i}`, block(`b${i + 1}`, i)])),
    [`b${n - 1}`]: { type: 'database', workers: 100, 'object-size': '1KiB' },
  },
  run: { for: '1s', repeat: 2 },
})

it('a chain of 20,000 calls is reported as a problem, without a stack overflow', () => {
  const { problems } = readObject(
    chain(20_000, (next) => service({ call: next })),
    catalogue,
  )
  const errors = problems.filter(({ severity }) => severity === 'error')
  expect(errors).toMatchObject([{ code: 'calls-too-deep', path: 'visitors.requests.read', found: '20000' }])
}, 30_000)

it.each([
  ['services', (next: string) => service({ call: next })],
  ['services that try again', (next: string) => service({ call: next, timeout: '1s', retry: { attempts: 2 } })],
  ['links', (next: string) => ({ type: 'link', to: next })],
  ['balancers', (next: string) => ({ type: 'load-balancer', targets: next })],
  [
    'services, links and caches',
    (next: string, i: number) =>
      i % 100 > 1 ? service({ call: next }) : i % 100 === 1 ? { type: 'link', to: next } : cacheOf(next),
  ],
])('a chain of 500 calls through %s is simulated', async (_, block) => {
  const { design, problems } = readObject(chain(500, block), catalogue)
  expect(problems.find(({ severity }) => severity === 'error')).toBeUndefined()
  if (design === undefined) return
  const answer = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    traceSlowest: true,
    longer: false,
  })
  expect(answer.requests[0]?.ledger.answered).toBeGreaterThan(0)
  expect(answer.breakdown.meanMs).toBeGreaterThan(0)
})

it('layers in which each block calls two of the next are reported before their paths are followed', () => {
  const layers = (n: number) =>
    `loadpath: 1
name: layers
traffic: { visitors: { rate: 10/s, requests: { page: { to: a0 } } } }
blocks:
  a0: { type: service, endpoints: { any: [{ call: a1 }, { call: b1 }] } }
${Array.from({ length: n }, (_, i) =>
  ['a', 'b'].map((side) =>
    i === n - 1
      ? `  ${side}${i + 1}: { type: service, endpoints: { any: [{ compute: 1ms }] } }`
      : `  ${side}${i + 1}: { type: service, endpoints: { any: [{ call: a${i + 2} }, { call: b${i + 2} }] } }`,
  ),
)
  .flat()
  .join('\n')}
`
  expect(readDesign(layers(16), catalogue).problems).toEqual([])
  expect(readDesign(layers(17), catalogue).problems).toMatchObject([{ code: 'too-many-ways' }])
  expect(readDesign(layers(200), catalogue).problems).toMatchObject([{ code: 'too-many-ways' }])
})

it('each of 4,000 kinds of request is followed without reading the endpoints of the others', () => {
  const names = Array.from({ length: 4000 }, (_, i) => `k${i}`)
  const each = <T>(value: T) => Object.fromEntries(names.map((name) => [name, value]))
  const { problems } = readObject(
    {
      loadpath: 1,
      name: 'many',
      traffic: { users: { rate: '500/s', requests: each({ to: 'web' }) } },
      blocks: {
        web: { type: 'service', endpoints: each([{ compute: '1ms' }, { call: 'data.read' }]) },
        data: { type: 'database', 'object-size': '1KiB' },
      },
    },
    catalogue,
  )
  expect(problems.map(({ code }) => code)).toEqual(['does-not-fit'])
}, 15_000)
