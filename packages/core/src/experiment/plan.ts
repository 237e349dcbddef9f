import { blocks } from '../blocks/index.ts'
import type { Moment } from '../faults/fault.ts'
import { faults } from '../faults/index.ts'
import type { Design } from '../language/design.ts'
import { replayFacts } from '../workloads/recording.ts'
import { shapes } from '../workloads/shapes/index.ts'
import type { SourceValues } from '../workloads/source.ts'
import { nominalRate } from './flows.ts'
import { defaultPrecision, type RunValues } from './run-params.ts'
import type { Plan } from './task.ts'

/** Points of the series over time. */
export const ticks = 200

/** Requests of one replication that are followed through all blocks, about. */
const followedPerReplication = 60

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

/** Whether something of the design depends on absolute time, and its moments. */
export function timedMoments(design: Design): readonly Moment[] {
  const ofShapes = design.sources.flatMap((source) => {
    const { shape, replay } = source.values as unknown as SourceValues
    if (replay !== undefined) return [{ atMs: 0, label: replayLabel(source.name, replay.file) }]
    const moments = shapes.get(shape.name).moments(shape.values)
    if (moments.length > 0 || shape.name === 'constant') return moments
    return [{ atMs: 0, label: `${shape.name} shape of ${source.name}` }]
  })
  const ofFaults = design.faults.flatMap((fault) => faults.get(fault.name).moments(fault.values))
  return [...ofShapes, ...ofFaults].sort((a, b) => a.atMs - b.atMs)
}

/** Said wherever it is told why a run is as it is: intervals then come from all that is random but the requests. */
function replayLabel(source: string, file: string): string {
  return `${source} replays ${file}, with the same requests in every replication`
}

/** How long the longest replay of the design lasts; 0 without one. */
function replayMs(design: Design): number {
  const lengths = design.sources.map(({ values }) => replayFacts(values as unknown as SourceValues)?.lengthMs ?? 0)
  return Math.max(0, ...lengths)
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
    return { kind: 'terminating', because: 'run.for is given', lengthMs: values.for, repeat: values.repeat }
  }
  const moments = timedMoments(design)
  const last = moments.at(-1)
  if (last !== undefined) {
    const lengthMs = Math.max(last.atMs * 1.5, 60_000)
    return { kind: 'terminating', because: `the design has moments: ${last.label}`, lengthMs, repeat: values.repeat }
  }
  const because = values.until === undefined ? 'nothing depends on absolute time' : 'run.until is given'
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
    traceEvery: traceEvery(design, lengthMs),
    histograms: histogramsFor(design),
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
    traceEvery: traceEvery(design, measureToMs),
    histograms: histogramsFor(design),
  }
}

/** Whether anything can be shown that has changed since: how old it is may take longer to settle than all else. */
function keepsCopies(design: Design): boolean {
  return design.blocks.some(({ type }) => blocks.get(type).risks?.copies !== undefined)
}

function traceEvery(design: Design, lengthMs: number): number {
  const rate = design.sources.reduce((sum, source) => sum + nominalRate(source.values as unknown as SourceValues), 0)
  return Math.max(1, Math.round(((rate / 1000) * lengthMs) / followedPerReplication))
}

/** Distributions inside blocks are kept only if an objective asks for them. */
function histogramsFor(design: Design): Plan['histograms'] {
  const sides = design.relations.flatMap(({ left, right }) => [left, right])
  return [...design.objectives, ...sides].flatMap(({ subject, measure }): Plan['histograms'] => {
    if (subject.kind !== 'block') return []
    if (measure === 'percentile') return [{ block: subject.block, of: 'sojourn' }]
    if (measure.startsWith('connection-wait-p')) return [{ block: subject.block, of: 'connection-wait' }]
    return measure.startsWith('wait-p') ? [{ block: subject.block, of: 'wait' }] : []
  })
}
