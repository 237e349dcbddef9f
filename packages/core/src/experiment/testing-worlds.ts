import { readObject } from '../language/index.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

/** One server of 10 ms, first in, first out, at an uncertain rate. */
export function worldsOfOneServer(rate: string, objectives: readonly string[]): Promise<Answer> {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'one server',
      traffic: { v: { rate, requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', workers: 1, endpoints: { view: [{ compute: 'exponential 10ms' }] } } },
      objectives,
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}
