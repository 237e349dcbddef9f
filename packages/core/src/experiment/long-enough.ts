import { blockNames } from '../before-run/kinds.ts'
import type { RunValues } from '../before-run/run-params.ts'
import { relaxationsHeld } from '../stats/relaxation.ts'
import { firstRound, lengthening, type ReplicationSize } from '../stats/stopping.ts'
import { rarestFault } from './fault-cycles.ts'
import { lengthSaid } from './filling.ts'
import { longerForMemory, memoryNeeded } from './memory.ts'
import { steadyPlan } from './plan.ts'
import { eventsPerMs } from './replications.ts'
import type { Rounds } from './rounds.ts'
import type { Series } from './task.ts'

/** Share of what a longer replication measures more that is left out more, too. */
const leftOutOfMore = 1 / 6

/** Relaxation times that the measured part of each replication holds, by the level that forgets most slowly. */
export interface Relaxations {
  readonly held: number
  /** The block whose number of calls inside that is; null for the number of requests inside. */
  readonly block: string | null
}

/**
 * Looks at the number of requests inside and at the number of calls inside each block: behind a queue that answers at once
 * no request waits, and its backlog shows in no other level.
 */
export function relaxationsMeasured({
  design,
  plan,
  replicates,
}: Pick<Rounds, 'design' | 'plan' | 'replicates'>): Relaxations {
  const tickMs = plan.endMs / plan.ticks
  const [from, to] = [Math.ceil(plan.measureFromMs / tickMs), Math.floor(plan.measureToMs / tickMs)]
  const held = (level: (series: Series) => Float64Array) =>
    relaxationsHeld(
      replicates.map(({ series }) => level(series).subarray(0, to)),
      from,
    )
  let slowest: Relaxations = { held: held(({ inside }) => inside), block: null }
  blockNames(design).forEach((block, i) => {
    const own = held(({ blocks }) => (blocks[i] as Series['blocks'][number]).inside)
    if (own < slowest.held) slowest = { held: own, block }
  })
  return slowest
}

/**
 * What a round shows of the length of its replications: null if it suffices, otherwise the times of longer ones. A pilot
 * may be too short to show how slowly its system forgets; then the rounds do.
 */
export function lengthened(
  rounds: Rounds,
  size?: ReplicationSize,
): { toMs: number; fromMs: number; afterMs: number } | null {
  const { plan } = rounds
  const factor = lengthening(relaxationsMeasured(rounds).held, rounds.replicates.length, size)
  const moreMs = (factor - 1) * (plan.measureToMs - plan.measureFromMs)
  const fromMs = plan.measureFromMs + leftOutOfMore * moreMs
  const toMs = plan.measureToMs + (1 + leftOutOfMore) * moreMs
  const remembering = longerForMemory(rounds, { fromMs, toMs })
  if (factor === 1 && remembering === null) return null
  return { ...(remembering ?? { fromMs, toMs }), afterMs: plan.endMs - plan.measureToMs }
}

/**
 * Begins again with longer replications and the same random numbers. A busy replication looks too short, a quiet one does
 * not: new random numbers would replace the busy ones only, and bias the mean low.
 */
export function restart(rounds: Rounds, times: { toMs: number; fromMs: number; afterMs: number }): void {
  const { leadInMs } = rounds.plan
  rounds.plan = { ...steadyPlan(rounds.design, times.toMs, times.fromMs, times.afterMs), leadInMs }
  rounds.replicates = []
  rounds.wanted = firstRound
  rounds.tooShort = false
}

/** Why a run ends whose replications, all of this length, would pass the limit of events; null if they do not. */
export function beyondLimit(rounds: Rounds, lengthMs: number, replications: number): string | null {
  const { bounds } = rounds.design.run as unknown as RunValues
  const { leadInMs = 0 } = rounds.plan
  const needed = rounds.events + replications * (leadInMs + lengthMs) * eventsPerMs(rounds)
  if (needed <= bounds.events) return null
  const rare = rarestFault(rounds.design)
  if (rare !== null && rare.neededMs > lengthMs / 2) {
    return `the fault \`${rare.fault}\` happens at ${rare.block} once in ${lengthSaid(rare.everyMs)}, so a replication must last ${lengthSaid(lengthMs)}; set run.bounds.events to at least ${millions(needed)}, or set run.for`
  }
  const memory = memoryNeeded(rounds)
  if (memory !== null && memory.leftOutMs + memory.measuredMs > lengthMs / 2) {
    return `the ${memory.part} of ${memory.block} remembers ${lengthSaid(memory.ms)}, so a replication must last ${lengthSaid(lengthMs)}; set run.bounds.events to at least ${millions(needed)}, or set run.for`
  }
  const { block } = relaxationsMeasured(rounds)
  const where = block === null ? '' : ` at ${block}`
  return `the number of calls in flight${where} changes slowly, so a replication must last ${seconds(lengthMs)}; set run.bounds.events to at least ${millions(needed)}`
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(2))} s`
}

/** As it can be written in a design, with room for an estimate that was low. */
function millions(events: number): string {
  return `${Math.ceil(Number(((1.5 * events) / 1e6).toPrecision(2)))}M`
}
