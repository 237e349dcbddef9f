import { blockNames } from '../before-run/kinds.ts'
import { largestSideTask, type RunValues } from '../before-run/run-params.ts'
import type { Filling } from '../blocks/block.ts'
import { firstRound } from '../stats/stopping.ts'
import { roundedUp } from './lead-in.ts'
import { eventsPerMs } from './replications.ts'
import type { Rounds } from './rounds.ts'
import type { BlockCell, Replicate } from './task.ts'

/** A block that begins empty, and how long it takes until it holds what it holds in the long run, ms. */
export interface SlowFilling {
  readonly block: string
  readonly ms: number
}

/**
 * The block that takes longest to fill, or null if none begins empty. Arithmetic gives a lower bound of the time: users who
 * wait for answers read less often than it assumes. A pilot that measures full caches gives their rate of reads.
 */
export function slowestFilling({ design, plan, replicates }: Rounds): SlowFilling | null {
  let slowest: SlowFilling | null = null
  blockNames(design).forEach((block, i) => {
    const filling = replicates[0]?.fillings[i] ?? null
    if (filling === null) return
    const hasFilled = (plan.leadInMs ?? 0) > 0
    const ms = Math.max(filling.ms, hasFilled ? atMeasuredRate(filling, replicates, i) : 0)
    if (ms > (slowest?.ms ?? 0)) slowest = { block, ms }
  })
  return slowest
}

function atMeasuredRate(filling: Filling, replicates: readonly Replicate[], block: number): number {
  const totalMs = replicates.reduce((sum, { endMs }) => sum + endMs, 0)
  const reads = replicates.reduce((sum, replicate) => sum + readsOf(replicate, block), 0)
  return reads === 0 ? 0 : (filling.reads * totalMs) / reads
}

function readsOf({ blocks, names }: Replicate, block: number): number {
  const counters = names[block]?.counters ?? []
  const counted = (cell: BlockCell) =>
    ['hits', 'misses'].reduce((sum, name) => sum + (cell.counters[counters.indexOf(name)] ?? 0), 0)
  return blocks[block]?.reduce((sum, cell) => sum + counted(cell), 0) ?? 0
}

/** Simulated time before a steady run in which it fills. Rounded, so that a small change of a design leaves it as it is. */
export function leadInOf({ ms }: SlowFilling): number {
  return roundedUp(ms)
}

/**
 * Why a run ends in which a block cannot fill before it is measured; null if it can. It fills in every replication of one
 * more pilot and of the first round, which measure `measuredMs` each.
 */
export function fillsBeyondLimit(rounds: Rounds, filling: SlowFilling, measuredMs: number): string | null {
  const { bounds } = rounds.design.run as unknown as RunValues
  const needed = rounds.events + 2 * firstRound * (leadInOf(filling) + measuredMs) * eventsPerMs(rounds)
  if (needed <= largestSideTask * bounds.events) return null
  const { block, ms } = filling
  return `${block} starts empty and takes about ${lengthSaid(ms)} to fill, which every replication would repeat: more than a tenth of run.bounds.events; set ${block}.start to warmed for the steady state, or set run.for to see it fill`
}

const units = [
  ['days', 86_400_000],
  ['hours', 3_600_000],
  ['minutes', 60_000],
] as const

/** A length of time as it is said: from two of a unit on in that unit. */
export function lengthSaid(ms: number): string {
  const [unit, unitMs] = units.find(([, one]) => ms >= 2 * one) ?? ['s', 1000]
  return `${Number((ms / unitMs).toPrecision(2))} ${unit}`
}
