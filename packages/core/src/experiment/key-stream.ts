import type { Stream } from '../kernel/chance.ts'
import { createKeys } from '../workloads/keys/index.ts'
import { replayedKeys } from '../workloads/recording.ts'
import type { Flow } from './flows.ts'

/** Draws keys as these flows together would ask for them, each in proportion to its rate; null if none asks for any. */
export function keyStream(flows: readonly Flow[], stream: Stream): (() => number) | null {
  const known = flows.flatMap((flow) => {
    const draw = flow.perSecond > 0 ? drawer(flow, stream) : null
    return draw === null ? [] : [{ perSecond: flow.perSecond, draw }]
  })
  const sum = known.reduce((total, { perSecond }) => total + perSecond, 0)
  const [only, ...others] = known
  if (only === undefined) return null
  if (others.length === 0) return only.draw
  return () => {
    let at = stream.next() * sum
    let index = 0
    while (index < known.length - 1 && at > (known[index]?.perSecond ?? 0)) at -= known[index++]?.perSecond ?? 0
    return (known[index] as (typeof known)[number]).draw()
  }
}

/** Keys of a trace as often as the trace has them, in any order: what comes next in it must not be known before. */
function drawer({ key, replayed }: Flow, stream: Stream): (() => number) | null {
  if (replayed !== undefined) {
    const keys = replayedKeys(replayed.values, replayed.kind)
    return keys.length === 0 ? null : () => keys[stream.below(keys.length)] as number
  }
  if (key === undefined || key.name === 'session') return null
  const sampler = createKeys(key)
  return () => sampler.sample(stream)
}
