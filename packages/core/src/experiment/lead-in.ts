import { largestSideTask, type RunValues } from '../before-run/run-params.ts'
import { isPermanentFault } from '../faults/in-design.ts'
import type { BlockValues, Design, NamedValues } from '../language/design.ts'
import { factorAtStart } from '../workloads/schedule.ts'
import type { SourceValues } from '../workloads/source.ts'
import { beginsInRun, profileOf } from '../workloads/span.ts'
import type { Plan } from './task.ts'

/**
 * The steady design whose state a terminating run begins in: without faults that have a beginning or an end, with every
 * source at its rate at 0 s. Null if the run begins empty; `replay` if it does because a trace has no requests before its
 * first.
 */
export function steadyBefore(design: Design): Design | 'replay' | null {
  const run = design.run as unknown as RunValues
  const isReplayed = design.sources.some(({ values }) => (values as unknown as SourceValues).replay !== undefined)
  if (run.start !== 'warmed') return null
  if (isReplayed) return 'replay'
  const events = Math.ceil(run.bounds.events * largestSideTask)
  return {
    ...design,
    sources: design.sources.map(atStart),
    blocks: design.blocks.map(full),
    faults: design.faults.filter(isPermanentFault),
    objectives: [],
    relations: [],
    run: { ...design.run, for: undefined, until: undefined, start: 'empty', bounds: { ...run.bounds, events } },
  }
}

/** What is to begin empty at 0 s has been at work before; what is to wait at 0 s has not come yet. */
function full(block: BlockValues): BlockValues {
  const { start } = block.values
  if (start === 'empty') return { ...block, values: { ...block.values, start: 'warmed' } }
  return typeof start === 'number' ? { ...block, values: { ...block.values, start: 0 } } : block
}

/** The source with the rate that its shape gives it at 0 s; a rate of 0 if it begins in the run. */
function atStart(source: NamedValues): NamedValues {
  const values = source.values as unknown as SourceValues
  const ofAllTime = { shape: { name: 'constant', values: {} }, at: undefined, for: undefined }
  if (beginsInRun(values)) {
    const silent = { rate: 0, users: undefined, every: undefined, count: undefined }
    return { ...source, values: { ...source.values, ...ofAllTime, ...silent } }
  }
  const { rate } = values
  const own = rate === undefined ? {} : { rate: rate * factorAtStart(profileOf(values)) }
  return { ...source, values: { ...source.values, ...ofAllTime, ...own } }
}

/**
 * How long before 0 s a run must begin to be in the steady state at 0 s, in whole ms, so that moments of the run fall on
 * the same times of its clock. The warm-up of the steady plan is too short: what is left of the start in it is averaged
 * away over a replication, but here the first moment counts. Half of what is measured is 16 relaxation times or more.
 * Rounded up to two digits, so that a small change of a design leaves it as it is, and its requests paired.
 */
export function leadInAfter({ measureFromMs, measureToMs }: Plan): number {
  return roundedUp((measureFromMs + measureToMs) / 2)
}

/** The next whole number of ms with two digits other than 0. */
export function roundedUp(ms: number): number {
  const leastMs = Math.ceil(ms)
  let digitMs = 1
  while (leastMs >= 100 * digitMs) digitMs *= 10
  return Math.ceil(leastMs / digitMs) * digitMs
}
