import { nominalRate } from '../before-run/flows.ts'
import { kindsOf } from '../before-run/kinds.ts'
import { sourceNamed } from '../before-run/named.ts'
import { defaultPrecision, type RunValues } from '../before-run/run-params.ts'
import { blocks } from '../blocks/index.ts'
import { faultMoments, isPermanentFault } from '../faults/in-design.ts'
import { inOrder } from '../faults/in-order.ts'
import type { Moment } from '../faults/timing.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import { replayFacts } from '../workloads/recording.ts'
import { shapes } from '../workloads/shapes/index.ts'
import type { SourceValues } from '../workloads/source.ts'
import { beginsInRun, expectedSpan, mostRequests, requestsAtOnce, spanOf } from '../workloads/span.ts'
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

/** Runs of a job that a run shows where neither says how long it lasts. */
const runsShown = 10

/** A stretch of a terminating run. */
export interface Phase {
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
}

/** How a design is to be run. */
export type RunKind =
  | { readonly kind: 'steady'; readonly because: string; readonly precision: number }
  | { readonly kind: 'terminating'; readonly because: string; readonly lengthMs: number; readonly repeat: number }

/** Whether something of the design depends on absolute time, and its moments, in the order of time. */
export const timedMoments = oncePer((design: Design): readonly Moment[] => {
  const ofShapes = design.sources.flatMap((source) => {
    const values = source.values as unknown as SourceValues
    const { shape, replay } = values
    const ends = spanMoments(source.name, values)
    if (replay !== undefined) return [{ atMs: 0, label: replayLabel(source.name, replay.file) }, ...ends]
    const moments = shapes.get(shape.name).moments(shape.values)
    if (moments.length > 0 || shape.name === 'constant') return [...moments, ...ends]
    return [{ atMs: 0, label: `${shape.name} shape of ${source.name}` }, ...ends]
  })
  const ofBlocks = design.blocks.flatMap(({ name, type, values }) => {
    const state = blocks.get(type).startsWith?.(values)
    return state === undefined ? [] : [{ atMs: 0, label: `${state} of ${name}` }]
  })
  const ofFaults = inOrder(design.faults).flatMap(({ chosen }) => faultMoments(chosen))
  return [...ofShapes, ...ofBlocks, ...ofFaults].sort((a, b) => a.atMs - b.atMs)
})

/** When a source begins, if it has not been sending before 0 s, and when it ends. */
function spanMoments(name: string, values: SourceValues): readonly Moment[] {
  const { fromMs, toMs } = spanOf(values)
  const begins = values.every === undefined ? `start of ${name}` : `first run of ${name}`
  return [
    ...(beginsInRun(values) ? [{ atMs: fromMs, label: begins }] : []),
    ...(Number.isFinite(toMs)
      ? [{ atMs: toMs, label: `end of ${name}`, ...(fromMs > 0 ? { sinceMs: fromMs } : {}) }]
      : []),
  ]
}

/** Until when a run shows what a source does: all requests of a count, or several runs of a job; 0 where nothing is known. */
function shownMs({ values }: Design['sources'][number]): number {
  const source = values as unknown as SourceValues
  const { fromMs, toMs } = expectedSpan(source)
  if (source.every !== undefined) return Math.min(toMs, fromMs + runsShown * source.every)
  return source.count !== undefined && Number.isFinite(toMs) ? toMs : 0
}

/** Said wherever it is told why a run is as it is: intervals then come from all that is random but the requests. */
function replayLabel(source: string, file: string): string {
  return `${source} replays ${file}, with the same requests in every replication`
}

/** Whether an objective looks at a window of time. */
export function hasWindows({ objectives, relations }: Design): boolean {
  return [...objectives, ...relations].some(({ window }) => window !== undefined)
}

/** How long the longest replay of the design lasts; 0 without one. */
function replayMs(design: Design): number {
  const lengths = design.sources.map(({ values }) => replayFacts(values as unknown as SourceValues)?.lengthMs ?? 0)
  return Math.max(0, ...lengths)
}

/** Why a run without a moment of its own is steady-state. */
function steadyBecause({ faults }: Design): string {
  return faults.some(isPermanentFault)
    ? 'faults recur at any time, and nothing else changes with time'
    : 'nothing in the design changes with time'
}

/** Chooses, and says why: terminating as soon as anything depends on absolute time. */
export function runKind(design: Design): RunKind {
  const values = design.run as unknown as RunValues
  // In name order: what is said must not depend on the order in which sources are declared.
  const replays = design.sources
    .flatMap(({ name, values: own }) => {
      const { replay } = own as unknown as SourceValues
      return replay === undefined ? [] : [replayLabel(name, replay.file)]
    })
    .sort()
  if (replays.length > 0) {
    const lengthMs = values.for ?? Math.max(1, replayMs(design))
    return { kind: 'terminating', because: replays.join('; '), lengthMs, repeat: values.repeat }
  }
  if (values.for !== undefined) {
    return { kind: 'terminating', because: 'run.for is set', lengthMs: values.for, repeat: values.repeat }
  }
  const moments = timedMoments(design)
  const last = moments.at(-1)
  if (last !== undefined) {
    const lengthMs = Math.max(Math.max(last.atMs, ...design.sources.map(shownMs)) * 1.5, 60_000)
    return {
      kind: 'terminating',
      because: `the design has timed events: ${last.label}`,
      lengthMs,
      repeat: values.repeat,
    }
  }
  const because = values.until === undefined ? steadyBecause(design) : 'run.until is set'
  return { kind: 'steady', because, precision: values.until ?? defaultPrecision }
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
