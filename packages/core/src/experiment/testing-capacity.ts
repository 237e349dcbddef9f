import type { Design } from '../language/design.ts'
import { readObject } from '../language/index.ts'
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
