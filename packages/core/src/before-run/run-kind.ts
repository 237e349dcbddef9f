import { blocks } from '../blocks/index.ts'
import { faultMoments, isPermanentFault } from '../faults/in-design.ts'
import { inOrder } from '../faults/in-order.ts'
import type { Moment } from '../faults/timing.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import { replayFacts } from '../workloads/recording.ts'
import { shapes } from '../workloads/shapes/index.ts'
import type { SourceValues } from '../workloads/source.ts'
import { beginsInRun, expectedSpan, spanOf } from '../workloads/span.ts'
import { defaultPrecision, type RunValues } from './run-params.ts'

/** Runs of a job that a run shows where neither says how long it lasts. */
const runsShown = 10

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
