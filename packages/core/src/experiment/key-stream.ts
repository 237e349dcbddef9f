import type { Stream } from '../kernel/chance.ts'
import { createKeys } from '../workloads/keys/index.ts'
import type { Flow } from './flows.ts'

/** Draws keys as these flows together would ask for them, each in proportion to its rate; null if none asks for any. */
export function keyStream(flows: readonly Flow[], stream: Stream): (() => number) | null {
  const known = flows.filter((flow) => flow.key !== undefined && flow.key.name !== 'session' && flow.perSecond > 0)
  const sum = known.reduce((total, flow) => total + flow.perSecond, 0)
  if (sum === 0) return null
  const samplers = known.map((flow) => createKeys(flow.key as NonNullable<Flow['key']>))
  if (samplers.length === 1) return () => (samplers[0] as (typeof samplers)[number]).sample(stream)
  return () => {
    let at = stream.next() * sum
    let index = 0
    while (index < known.length - 1 && at > (known[index] as Flow).perSecond) at -= (known[index++] as Flow).perSecond
    return (samplers[index] as (typeof samplers)[number]).sample(stream)
  }
}
