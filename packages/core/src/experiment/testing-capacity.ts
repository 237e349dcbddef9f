import type { Design } from '../language/design.ts'
import { readObject } from '../language/index.ts'
import { ln } from '../support/elementary.ts'
import type { CapacityPoint } from './capacity.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import type { Runner } from './task.ts'

export const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))

/** One server of 10 ms, first in, first out, at 50/s: its response is exponential with mean 1 / (100/s - load). */
export function singleServer(objectives: readonly string[], users?: number): Design {
  const load = users === undefined ? { rate: '50/s' } : { users, think: '1s' }
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'single server',
      traffic: { visitors: { ...load, requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', workers: 1, endpoints: { view: [{ compute: 'exponential 10ms' }] } } },
      objectives,
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return design
}

/**
 * What is wrong with a load of that server that was tried against a bound of its p99, which is ln 100 times its mean
 * response: where intervals decide, the closed form must agree; what was measured must be within twice its interval,
 * four standard errors, of it. At 100/s or more the p99 is infinite: nothing may hold there.
 */
export function againstTheory(point: CapacityPoint, boundMs: number): readonly string[] {
  const { offeredPerSecond: offered, outcome, certain, objectives } = point
  const offeredPerSecond = offered as number
  const p99Ms = offeredPerSecond < 100 ? ln(100) / (0.1 - offeredPerSecond / 1000) : Number.POSITIVE_INFINITY
  const at = `at ${offeredPerSecond}/s, of a p99 of ${p99Ms} ms`
  const isRight = outcome === (p99Ms < boundMs ? 'holds' : 'misses')
  const isKnown = certain || outcome === 'inconclusive' || p99Ms < Number.POSITIVE_INFINITY
  const wrong = (certain && !isRight) || !isKnown ? [`${outcome} ${at}`] : []
  const measured = objectives[0]?.measured
  if (measured?.sufficient !== true || p99Ms === Number.POSITIVE_INFINITY) return wrong
  const halfMs = (measured.high - measured.low) / 2
  return Math.abs(measured.point - p99Ms) <= 2 * halfMs ? wrong : [...wrong, `${measured.point} ± ${halfMs} ms ${at}`]
}

/** One server of 10 ms whose source sends a batch, or as `source` says; the mean response is to be below 200 ms. */
export function batchServer(source: Readonly<Record<string, unknown>>): Design {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'batch server',
      traffic: { jobs: { ...source, requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', workers: 1, endpoints: { view: [{ compute: '10ms' }] } } },
      run: { for: '40s', repeat: 3 },
      objectives: ['mean < 200ms'],
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return design
}

/** A service that answers at once and leaves work of 10 ms to a queue with one worker, at 40/s. */
export function publisher(): Design {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'publisher',
      traffic: { visitors: { rate: '40/s', requests: { view: { to: 'web' } } } },
      blocks: {
        web: { type: 'service', cores: 8, endpoints: { view: [{ compute: '1ms' }, { publish: 'jobs' }] } },
        jobs: { type: 'queue', workers: { instances: 1, compute: 'exponential 10ms' } },
      },
      objectives: ['view.p99 < 20ms'],
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return design
}
