import { expectedUse, followRequests } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import { cornersWithin, factorAt } from '../workloads/factor-at.ts'
import type { Profile } from '../workloads/shapes/shape.ts'
import type { SourceValues } from '../workloads/source.ts'
import { expectedSpan, profileOf, type Span } from '../workloads/span.ts'

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
  const levels = new Map(design.sources.map(({ name, values }) => [name, levelOf(values as unknown as SourceValues)]))
  const corners = new Set([fromMs, toMs])
  for (const level of levels.values()) for (const ms of cornersOf(level, fromMs, toMs)) corners.add(ms)
  if (corners.size === 2 && [...levels.values()].every((one) => levelAt(one, fromMs) === levelAt(one, toMs))) return 1
  const flows = followRequests(design)
  const useAt = (ms: number): number => {
    const now = flows.map((flow) => ({
      ...flow,
      perSecond: flow.perSecond * levelAt(levels.get(flow.source) as Level, ms),
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

/** What the rate of a source is multiplied with: its profile while it sends, else 0. */
interface Level {
  readonly profile: Profile
  readonly span: Span
}

function levelOf(values: SourceValues): Level {
  return { profile: profileOf(values), span: expectedSpan(values) }
}

function levelAt({ profile, span }: Level, ms: number): number {
  return ms >= span.fromMs && ms < span.toMs ? factorAt(profile, ms) : 0
}

/** Corners of the profile, and both sides of each end of the span. */
function cornersOf({ profile, span }: Level, fromMs: number, toMs: number): readonly number[] {
  const ends = [span.fromMs, span.toMs].flatMap((ms) => [ms * (1 - almost), ms])
  return [...cornersWithin(profile, fromMs, toMs), ...ends.filter((ms) => ms > fromMs && ms < toMs)]
}
