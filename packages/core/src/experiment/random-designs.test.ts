import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Design } from '../language/design.ts'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'

const extents = constantFrom('nothing', 'queued', 'all')
const calling = record({
  timeout: constantFrom(undefined, '5ms', '20ms', '60ms'),
  'gives-up': extents,
  patience: constantFrom(undefined, 'exponential 10ms', '15ms'),
  retry: constantFrom(undefined, { attempts: 2, 'back-off': 'none' }, { attempts: 3 }),
})
const law = constantFrom('exponential 4ms', '3ms', '0ms', { law: 'hyperexponential', mean: '5ms', cv: 2 })
const work = record({ kind: constantFrom('compute', 'wait'), law }).map(({ kind, law }) => ({ [kind]: law }))
const station = record({
  instances: integer({ min: 1, max: 3 }),
  workers: constantFrom(1, 2, 5, 'unlimited', 'event-loop'),
  cores: integer({ min: 1, max: 2 }),
  limit: constantFrom(0, 1, 5, 'unlimited'),
  ordering: constantFrom('fifo', 'priority'),
})
const kinds = ['crash', 'slow', 'pause'] as const
const fault = record({
  kind: constantFrom(...kinds),
  on: constantFrom('front', 'back', 'jobs', 'store', 'wire', 'balancer'),
  at: integer({ min: 0, max: 900 }),
  length: integer({ min: 1, max: 500 }),
})

const anyDesign = record({
  front: station,
  back: station,
  first: array(work, { maxLength: 2 }),
  last: array(work, { maxLength: 2 }),
  fork: boolean(),
  ask: calling,
  askStore: calling,
  client: calling,
  fails: constantFrom('0%', '10%'),
  choice: constantFrom('random', 'round-robin', 'least-outstanding', 'power-of-two'),
  overflow: constantFrom('reject', 'drop-oldest', 'block'),
  limit: constantFrom(0, 1, 10),
  connections: constantFrom(1, 3),
  loss: constantFrom('0%', '5%'),
  users: boolean(),
  faults: array(fault, { maxLength: 4 }),
})

type Drawn = typeof anyDesign extends { generate(...args: never[]): { value: infer T } } ? T : never

function faultOf({ kind, on, at, length }: Drawn['faults'][number]) {
  if (kind === 'pause') return { pause: on, rate: '5/s', length: `exponential ${length}ms` }
  const timed = { [kind]: on, at: `${at}ms`, for: `${length}ms` }
  return kind === 'slow' ? { ...timed, factor: 3 } : timed
}

function designOf(drawn: Drawn): Design {
  const call = { call: { to: 'balancer', ...drawn.ask } }
  const callStore = { call: { to: 'store.read', 'on-failure': 'go-on', ...drawn.askStore } }
  const middle = drawn.fork ? { parallel: { branches: [[call], [callStore], [{ compute: '1ms' }]] } } : call
  const requests = { get: { to: 'front', ...drawn.client }, put: { to: 'front', priority: 1 } }
  const { design, problems } = readObject(
    {
      loadpath: 1,
      name: 'drawn',
      traffic: {
        source: drawn.users ? { users: 20, think: 'exponential 50ms', requests } : { rate: '300/s', requests },
      },
      blocks: {
        front: {
          type: 'service',
          ...drawn.front,
          endpoints: { get: [...drawn.first, middle, ...drawn.last], put: [{ publish: 'jobs' }] },
        },
        balancer: { type: 'load-balancer', choice: drawn.choice, targets: ['wire', 'back'] },
        wire: { type: 'link', to: 'back', latency: 'exponential 1ms', loss: drawn.loss },
        back: {
          type: 'service',
          ...drawn.back,
          endpoints: { any: [{ compute: 'exponential 4ms' }, { fail: drawn.fails }] },
        },
        store: {
          type: 'database',
          connections: drawn.connections,
          workers: 2,
          cores: 1,
          limit: 3,
          read: 'exponential 3ms',
        },
        jobs: {
          type: 'queue',
          limit: drawn.limit,
          overflow: drawn.overflow,
          workers: { instances: 2, compute: 'exponential 10ms', call: 'store.write', timeout: '30ms' },
        },
      },
      faults: drawn.faults.map(faultOf),
      run: { for: '1s' },
    },
    catalogue,
  )
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  return design as Design
}

describe('any small design', () => {
  it('loses and invents no request and no call, whatever happens to it', () => {
    assert(
      property(anyDesign, (drawn) => {
        const design = designOf(drawn as Drawn)
        const plan = terminatingPlan(design, 1000)
        const limits = { events: 1e6, inside: 1e5, wallMs: Number.POSITIVE_INFINITY }
        // The ledgers check themselves at the end of every replication, and throw.
        const found = replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null })
        expect(found.stopped).toBe(null)
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})
