import { nominalRate } from '../before-run/flows.ts'
import { runKind } from '../before-run/run-kind.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Design } from '../language/design.ts'
import type { Estimate } from '../stats/estimate.ts'
import { nominalWorld } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { steadyBefore } from './lead-in.ts'
import { steadyPlan, terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'
import { RunResults } from './run-results.ts'
import type { BlockCell, KindCell, Plan } from './task.ts'

/** Requests of a steady design that are simulated, about; the first half is warm-up. */
const requests = 4000
/** Events after which a long replication is cut. */
const mostEvents = 400_000

/**
 * What the first replication of a design did, and what is read from it: as plain data whose bytes are the same as long as the
 * same things happen. A steady design is given a short plan of its own, a terminating one its first replication.
 */
export interface FirstReplication {
  readonly events: number
  /** By kind of request and cell: counts and Σ response time, ms. */
  readonly kinds: readonly (readonly unknown[])[]
  /** By block and cell: counts, Σ time in the block, and areas. */
  readonly blocks: readonly (readonly unknown[])[]
  /** What is promised about this variant, and the number that this replication gives for it, or why there is none. */
  readonly measured: readonly (readonly [string, number | string])[]
}

/** Runs the first replication of a design, cut after some hundred thousand events. */
export function firstReplication(written: Design, variant?: string): FirstReplication {
  const design = nominalWorld(written)
  const { seed, bounds } = design.run as unknown as RunValues
  const plan = shortPlan(design)
  const limits = { events: mostEvents, inside: bounds['in-flight'], wallMs: Number.POSITIVE_INFINITY }
  const found = replicate({ design, seed, replication: 0, workFactor: 1, plan, limits, trace: null })
  // Twice the same, because most numbers are given only from two.
  const results = new RunResults(design, plan, [found, found]).among([0, 1])
  const objectives = design.objectives.filter((objective) => objective.variant === variant)
  const sides = design.relations.flatMap(({ left, right, window }) =>
    [left, right]
      .filter((side) => side.variant === variant)
      .map((side) => ({ ...side, ...(window === undefined ? {} : { window }) })),
  )
  return {
    events: found.events,
    kinds: found.kinds.map((cells) => cells.map(ofKind)),
    blocks: found.blocks.map((cells) => cells.map(ofBlock)),
    measured: [...objectives, ...sides].map((one) => [one.text, pointOf(results.measure(one))]),
  }
}

function shortPlan(design: Design): Plan {
  const kind = runKind(design)
  const before = steadyBefore(design)
  if (kind.kind === 'terminating') {
    const plan = terminatingPlan(design, kind.lengthMs)
    return before === null || before === 'replay'
      ? plan
      : { ...plan, leadInMs: Math.ceil(shortPlan(before).measureToMs) }
  }
  const rate = design.sources.reduce((sum, { values }) => sum + nominalRate(values as unknown as SourceValues), 0)
  const lengthMs = rate > 0 ? (requests * 1000) / rate : 1000
  return steadyPlan(design, lengthMs, lengthMs / 2)
}

/** Named one by one, so that something new that is counted leaves everything as it was. */
function ofKind({ offered, answered, inTime, inside, sumMs, stale, behindMs, failed }: KindCell): readonly unknown[] {
  return [offered, answered, inTime, inside, sumMs, stale, behindMs, failed]
}

function ofBlock({
  arrived,
  done,
  doneMs,
  insideArea,
  inside,
  failed,
  resources,
  queues,
}: BlockCell): readonly unknown[] {
  return [arrived, done, doneMs, insideArea, inside, byReason(failed), resources, queues]
}

/** How often each reason occurred, without those that did not: a new reason changes nothing where it does not occur. */
function byReason(failed: Float64Array): readonly (readonly [reason: number, count: number])[] {
  return [...failed].map((count, reason) => [reason, count] as const).filter(([, count]) => count > 0)
}

function pointOf(estimate: Estimate): number | string {
  return estimate.sufficient ? estimate.point : estimate.reason
}
