import { readDesign } from '../language/index.ts'
import type { Estimate } from '../stats/estimate.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import type { Task } from './task.ts'

interface Parts {
  readonly web?: string
  readonly workers?: string
  readonly work?: string
  readonly front?: string
  readonly faults: string
  readonly run?: string
  readonly objectives?: string
}

/** A service that instances come to and go from, and the mistakes of its design. */
export function read({
  web = '',
  workers = '1',
  work = 'compute: exponential 10ms',
  front = '',
  faults,
  run,
  objectives = '',
}: Parts) {
  return readDesign(
    `loadpath: 1
name: planned changes
traffic: { people: { rate: 100/s, requests: { get: { to: ${front === '' ? 'web' : 'front'} } } } }
blocks:
  ${front === '' ? '' : `front: { type: load-balancer, targets: web, ${front} }`}
  web: { type: service, workers: ${workers}, ${web} endpoints: { get: [{ ${work} }] } }
faults: [${faults}]
run: { ${run ?? 'for: 180s, repeat: 10'} }
objectives: [${objectives}]
`,
    catalogue,
  )
}

export async function answerOf(parts: Parts) {
  const { design, problems } = read(parts)
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('; '))
  const runner = async (tasks: readonly Task[]) => tasks.map((task) => replicate(task))
  return await simulate(design, { runner, longer: false })
}

export function pointOf(found: Estimate | undefined): number {
  return found?.sufficient === true ? found.point : Number.NaN
}
