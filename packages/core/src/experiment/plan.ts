import { nominalRate } from '../before-run/flows.ts'
import { kindsOf } from '../before-run/kinds.ts'
import { sourceNamed } from '../before-run/named.ts'
import { timedMoments } from '../before-run/run-kind.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { SourceValues } from '../workloads/source.ts'
import { mostRequests, requestsAtOnce, spanOf } from '../workloads/span.ts'
import type { Plan } from './task.ts'

/** Points of the series over time. */
export const ticks = 200

/** Requests of one replication of the first pilot of a steady run, about. */
export const requestsOfPilot = 1000
/** A replication is at least so many times as long as the first pilot, so that it shows what the pilot is too short for. */
export const timesFirstPilot = 3

/** Requests of one replication that are followed through all blocks, about, and of each kind if there are many. */
const followedPerReplication = 60
const followedPerKind = 10

/** A stretch of a terminating run. */
export interface Phase {
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
}

/** The stretches between the moments of a terminating run. */
export function phasesOf(design: Design, lengthMs: number): readonly Phase[] {
  const moments = timedMoments(design).filter((moment) => moment.atMs > 0 && moment.atMs < lengthMs)
  const phases: Phase[] = []
  let label = moments.length > 0 ? 'before' : 'whole run'
  let fromMs = 0
  for (const moment of moments) {
    if (moment.atMs > fromMs) phases.push({ label, fromMs, toMs: moment.atMs })
    label = moment.atMs === fromMs && fromMs > 0 ? `${label}, ${moment.label}` : moment.label
    fromMs = moment.atMs
  }
  phases.push({ label, fromMs, toMs: lengthMs })
  return phases
}

/** Everything that replications of a terminating run have in common. */
export function terminatingPlan(design: Design, lengthMs: number): Plan {
  const starts = new Set([0])
  for (const phase of phasesOf(design, lengthMs)) starts.add(phase.fromMs)
  for (const { window } of [...design.objectives, ...design.relations]) {
    if (window === undefined) continue
    for (const edge of [window.fromMs, window.toMs]) if (edge < lengthMs) starts.add(edge)
  }
  return {
    endMs: lengthMs,
    cellStartsMs: [...starts].sort((a, b) => a - b),
    measureFromMs: 0,
    measureToMs: lengthMs,
    ticks,
    followEvery: followEvery(design, lengthMs),
    histograms: histogramsFor(design),
    instances: instancesFor(design),
  }
}

/**
 * Everything that replications of a steady run have in common: warm-up, measurement, and time to answer the last. Without
 * that time the mean of those answered would lack the slowest of the last.
 */
export function steadyPlan(design: Design, measureToMs: number, warmUpMs: number, afterMs = 0): Plan {
  const halfMs = keepsCopies(design) ? (warmUpMs + measureToMs) / 2 : undefined
  return {
    endMs: measureToMs + afterMs,
    cellStartsMs: [
      ...(warmUpMs > 0 ? [0, warmUpMs] : [0]),
      ...(halfMs === undefined ? [] : [halfMs]),
      ...(afterMs > 0 ? [measureToMs] : []),
    ],
    halfMs,
    measureFromMs: warmUpMs,
    measureToMs,
    ticks,
    followEvery: followEvery(design, measureToMs),
    histograms: histogramsFor(design),
    instances: instancesFor(design),
  }
}

/** Whether anything can be shown that has changed since: how old it is may take longer to settle than all else. */
function keepsCopies(design: Design): boolean {
  return design.blocks.some(({ type }) => blocks.get(type).risks?.copies !== undefined)
}

/** By kind: a rare kind is followed as often as a common one, or its part of the mean would have a large random error. */
function followEvery(design: Design, lengthMs: number): readonly number[] {
  const kinds = kindsOf(design)
  const wanted = Math.max(followedPerKind, followedPerReplication / kinds.length)
  const weightsOf = oncePer(({ requests }: SourceValues) =>
    Object.values(requests).reduce((sum, { weight }) => sum + weight, 0),
  )
  return kinds.map((kind) => {
    const values = sourceNamed(design, kind.source) as unknown as SourceValues
    // How many requests a closed loop makes depends on the answers: it begins with all, and thins them out.
    if (values.users !== undefined) return 1
    const share = (values.requests[kind.name]?.weight ?? 0) / weightsOf(values)
    return Math.max(1, Math.round((expectedRequests(values, lengthMs) * share) / wanted))
  })
}

/** Requests of an open loop or a job in a run, about. */
function expectedRequests(values: SourceValues, lengthMs: number): number {
  const { fromMs, toMs } = spanOf(values)
  const atOnce = values.every === undefined ? requestsAtOnce(values) : null
  const perMs = nominalRate(values) / 1000
  return Math.min(mostRequests(values), atOnce ?? perMs * Math.max(0, Math.min(toMs, lengthMs) - fromMs))
}

/** The instances that objectives name, each once. */
function instancesFor(design: Design): Plan['instances'] {
  const sides = design.relations.flatMap(({ left, right }) => [left, right])
  const named = new Map<string, Plan['instances'][number]>()
  for (const { subject } of [...design.objectives, ...sides]) {
    if (subject.kind !== 'block' || typeof subject.instance !== 'number') continue
    const { block, instance } = subject
    named.set(`${block}.${instance}`, { block, instance })
  }
  return [...named.values()]
}

/** Distributions inside blocks are kept only if an objective requests them. */
function histogramsFor(design: Design): Plan['histograms'] {
  const sides = design.relations.flatMap(({ left, right }) => [left, right])
  return [...design.objectives, ...sides].flatMap(({ subject, measure }): Plan['histograms'] => {
    if (subject.kind !== 'block' || subject.instance !== undefined || subject.callee !== undefined) return []
    if (measure === 'percentile') return [{ block: subject.block, of: 'time-in-block' }]
    if (measure.startsWith('connection-wait-p')) return [{ block: subject.block, of: 'connection-wait' }]
    return measure.startsWith('wait-p') ? [{ block: subject.block, of: 'wait' }] : []
  })
}
