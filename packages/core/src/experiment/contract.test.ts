import { describe, expect, it } from 'vitest'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { readDesign } from '../language/read-design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { catalogue } from './catalogue.ts'
import type { Measure } from './measure.ts'
import { measures } from './measures.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'
import { RunResults } from './run-results.ts'

/** Without randomness: a request of 5 ms every 10.3 ms, so that levels sampled each 100 ms are seen at every phase. */
const clockwork = `loadpath: 1
name: clockwork
traffic: { timer: { rate: 97.37/s, arrival: regular, requests: { get: { to: web } } } }
blocks: { web: { type: service, workers: 1, price: $2/h, endpoints: { get: [{ compute: 5ms }] } } }
run: { for: 20s, repeat: 12 }
objectives: [web.p99 < 1s, web.wait-p50 < 1s, web.wait-p95 < 1s, web.wait-p99 < 1s]
`

/** Caches, changes, a pool, retries and a crash: everything that a measure may be asked of. */
const busy = `loadpath: 1
name: busy
traffic:
  visitors:
    rate: 300/s
    requests:
      view: { weight: 9, to: front, key: zipf 0.9 over 1k, timeout: 100ms, retry: { attempts: 2 }, deadline: 200ms }
      save: { to: album.write, key: zipf 0.9 over 1k }
blocks:
  front: { type: load-balancer, targets: web }
  web:
    type: service
    instances: 2
    workers: 4
    limit: 20
    calls: { album: { pool: 3, breaker: { opens: 5 of 10, for: 1s }, retry: { attempts: 2, failures: all, budget: 10% } } }
    endpoints: { any: { idempotent: never, do: [{ compute: exponential 3ms }, { call: album.read }] } }
  album: { type: cache, of: photos, update: write-behind, capacity: 100, ttl: 1s }
  photos: { type: database, connections: 2, workers: 4, read: exponential 5ms, write: 5ms }
faults: [{ crash: album, at: 10s, for: 1s }]
run: { for: 20s, repeat: 12 }
objectives: [${['', 'connection-'].flatMap((of) => [50, 90, 95, 99].map((p) => `photos.${of}wait-p${p} < 1s`)).join(', ')}]
`

function resultsOf(text: string): RunResults {
  const { design, problems } = readDesign(text, catalogue)
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const plan = terminatingPlan(design as Design, 20_000)
  const limits = { events: 1e7, inside: 1e6, wallMs: Number.POSITIVE_INFINITY }
  const replicates = Array.from({ length: 12 }, (_, replication) =>
    replicate({ design: design as Design, seed: 1, replication, workFactor: 1, plan, limits, trace: null }),
  )
  return new RunResults(design as Design, plan, replicates)
}

/** Measures of what neither run has: caches on several nodes that are notified of changes, as in the claims CACHE-12 and CACHE-13. */
const elsewhere = ['invalidations-per-change']

const clock = resultsOf(clockwork)
const crowd = resultsOf(busy)

/** By hand, in base units: ms, per second, dollars an hour. */
const known: Readonly<Record<string, number>> = {
  ...{ mean: 5, percentile: 5, availability: 1, answered: 1, rejected: 0, 'timed-out': 0, lost: 0, stale: 0 },
  ...{
    throughput: 97.37,
    offered: 97.37,
    'in-flight': 0.48685,
    utilization: 0.48685,
    occupancy: 0.48685,
    'calls-per-request': 1,
    cost: 2,
  },
  ...{ 'queue-length': 0, waited: 0, 'wait-mean': 0, 'wait-p50': 0, 'wait-p95': 0, 'wait-p99': 0 },
}

/** Every number that a measure gives of a run: of its requests, and of each of its blocks. */
function all(measure: Measure, results: RunResults): readonly Estimate[] {
  const ofBlocks = results.blocks.flatMap((_, block) => measure.ofBlock?.(results, block, results.measured, 99) ?? [])
  const ofCalls = results.design.blocks.flatMap(({ name, type, values }) =>
    [...(blocks.get(type).measuredOfCalls?.(values) ?? [])].flatMap(([callee, guards]) => {
      if (measure.needsOfCalls?.some((need) => (guards as readonly string[]).includes(need)) !== true) return []
      const block = results.blocks.indexOf(name)
      return measure.ofCalls?.(results, block, callee, results.measured) ?? []
    }),
  )
  return [
    ...ofBlocks,
    ...ofCalls,
    ...(measure.ofRequests === undefined ? [] : [measure.ofRequests(results, results.all, 99)]),
  ]
}

/** What a measure does not keep of what each of them promises. */
function broken(measure: Measure): readonly string[] {
  const estimates = [...all(measure, clock), ...all(measure, crowd)]
  const expected = known[measure.name]
  return [
    ...estimates.flatMap((one) => outOfRange(one, measure)),
    ...(expected === undefined ? [] : all(measure, clock).flatMap((one) => off(one, expected))),
  ]
}

function outOfRange(estimate: Estimate, { dimension }: Measure): readonly string[] {
  if (!estimate.sufficient) return estimate.reason === '' ? ['gives no number and no reason'] : []
  const { low, point, high } = estimate
  const most = dimension === 'share' ? 1 : Number.POSITIVE_INFINITY
  if (low <= point && point <= high && point >= 0 && point <= most) return []
  return [`${point} (${low} to ${high}) is no ${dimension}`]
}

function off(estimate: Estimate, expected: number): readonly string[] {
  if (!estimate.sufficient) return []
  // A histogram is exact to 1 %; the last request may be inside when the run ends.
  return Math.abs(estimate.point - expected) <= 0.01 * expected + 1e-9
    ? []
    : [`${estimate.point} instead of ${expected}`]
}

describe.each(measures.members.map((measure) => [measure.name, measure] as const))('%s', (_name, measure) => {
  it('agrees with the hand calculation of a run without randomness, and is within its range in any run', () => {
    expect(broken(measure)).toEqual([])
  })
})

it('every measure with a hand calculation gives a number', () => {
  const silent = measures.members.filter(
    (measure) => measure.name in known && !all(measure, clock).some(({ sufficient: enough }) => enough),
  )
  expect(silent.map(({ name }) => name)).toEqual([])
  expect(Object.keys(known).filter((name) => !measures.names.includes(name))).toEqual([])
})

it('every other measure gives a number in a busy run', () => {
  const silent = measures.members.filter(
    (measure) =>
      !(measure.name in known) &&
      !elsewhere.includes(measure.name) &&
      !all(measure, crowd).some(({ sufficient: enough }) => enough),
  )
  expect(silent.map(({ name }) => name)).toEqual([])
})

const like = (name: string, change: Partial<Measure>): Measure => ({ ...measures.get(name), ...change })

it.each<[string, Measure]>([
  ['counts twice', like('offered', { ofRequests: (of, kinds) => of.rate(kinds, (cell) => 2 * cell.offered) })],
  [
    'divides the wrong way',
    like('mean', {
      ofRequests: (of, kinds) =>
        of.ratio(
          kinds,
          (cell) => cell.answered,
          (cell) => cell.sumMs,
        ),
    }),
  ],
  ['is a share above 1', like('hit-ratio', { ofBlock: (of) => of.exactly(1.2) })],
  [
    'says nothing',
    like('queue-length', { ofBlock: () => ({ sufficient: false, reason: '', replications: 1 }) as Estimate }),
  ],
])('a measure that %s is caught', (_mistake, measure) => expect(broken(measure)).not.toEqual([]))
