import type { Design } from '../language/design.ts'
import { cornersWithin, factorAt } from '../workloads/factor-at.ts'
import { shapes } from '../workloads/shapes/index.ts'
import type { Profile } from '../workloads/shapes/shape.ts'
import type { SourceValues } from '../workloads/source.ts'
import { expectedUse, followRequests } from './flows.ts'

/** A stretch of time without the jumps at its ends. */
const almost = 1e-9

/**
 * How many times its mean the use of a resource is at the busiest moment of a stretch, by the shapes of the sources and
 * arithmetic on the design; 1 where rates do not change in it.
 */
export function peakWithin(
  design: Design,
  at: { block: string; resource: string; fromMs: number; toMs: number },
): number {
  const marginMs = (at.toMs - at.fromMs) * almost
  const [fromMs, toMs] = [at.fromMs + marginMs, at.toMs - marginMs]
  const profiles = new Map(
    design.sources.map(({ name, values }) => [name, profileOf(values as unknown as SourceValues)]),
  )
  const corners = new Set([fromMs, toMs])
  for (const profile of profiles.values()) for (const ms of cornersWithin(profile, fromMs, toMs)) corners.add(ms)
  if (corners.size === 2 && [...profiles.values()].every((one) => factorAt(one, fromMs) === factorAt(one, toMs)))
    return 1
  const flows = followRequests(design)
  const useAt = (ms: number): number => {
    const now = flows.map((flow) => ({
      ...flow,
      perSecond: flow.perSecond * factorAt(profiles.get(flow.source) as Profile, ms),
    }))
    return (
      expectedUse(design, now).find(({ block, resource }) => block === at.block && resource === at.resource)?.use ?? 0
    )
  }
  return overMean([...corners].sort((a, b) => a - b).map((ms) => [ms, useAt(ms)] as const))
}

/** The highest of levels joined by straight lines, over their mean. */
function overMean(corners: readonly (readonly [ms: number, level: number])[]): number {
  let [area, most, beforeMs, before] = [0, 0, corners[0]?.[0] ?? 0, corners[0]?.[1] ?? 0]
  for (const [ms, level] of corners) {
    area += ((before + level) / 2) * (ms - beforeMs)
    most = Math.max(most, level)
    ;[beforeMs, before] = [ms, level]
  }
  const mean = area / (beforeMs - (corners[0]?.[0] ?? 0))
  return mean > 0 ? most / mean : 1
}

function profileOf({ shape, rate }: SourceValues): Profile {
  return rate === undefined ? { timesMs: [0], factors: [1] } : shapes.get(shape.name).profile(shape.values)
}
