import type { Filling } from '../blocks/block.ts'
import type { Outcome } from '../kernel/outcome.ts'
import type { RequestTrace } from '../kernel/trace.ts'
import type { Design } from '../language/design.ts'
import type { EncodedBreakdown } from './breakdown.ts'

/** What every replication of a run has in common. Plain data. */
export interface Plan {
  readonly endMs: number
  /**
   * Simulated time before 0 s, in whole ms, in which a run that begins in the steady state reaches it, or in which what a
   * steady run begins without fills; nothing of it is counted. All other times of a plan are from 0 s on. Absent or 0: the run begins empty.
   */
  readonly leadInMs?: number | undefined
  /** Starts of the cells of time into which everything is sorted; the first is 0. */
  readonly cellStartsMs: readonly number[]
  /** Where measurement begins: what is before is warm-up. */
  readonly measureFromMs: number
  /**
   * Where measurement ends: who arrives later is there only to keep the others company. Without it the slow among the
   * last would be missing from every mean, as they have no answer yet when the run ends.
   */
  readonly measureToMs: number
  /** Where the second half of a steady measurement begins, if it is looked at by itself; see `RunResults.halves`. */
  readonly halfMs?: number | undefined
  /** Points of the series over time. */
  readonly ticks: number
  /** By kind: one request in so many is followed through all blocks. */
  readonly followEvery: readonly number[]
  /** Distributions that somebody requests, by block. */
  readonly histograms: readonly { readonly block: string; readonly of: BlockHistogram }[]
  /** Instances that objectives name, from 1. */
  readonly instances: readonly { readonly block: string; readonly instance: number }[]
}

/** What a block can keep the distribution of: time in the block, wait for a worker, wait for a connection. */
export type BlockHistogram = 'time-in-block' | 'wait' | 'connection-wait'

/** One replication to be run, on any thread. Plain data. */
export interface Task {
  /** With the numbers of one world. */
  readonly design: Design
  readonly seed: number
  readonly replication: number
  readonly workFactor: number
  readonly plan: Plan
  readonly limits: { readonly events: number; readonly inside: number; readonly wallMs: number }
  /** Follow only this request, and keep all of it. */
  readonly trace: { readonly source: string; readonly request: number } | null
  /** Count also what only pictures need: `Replicate.closeUp`. */
  readonly closeUp?: boolean
}

/** What a host may tell a replication under way, and hear from it, each time it looks at its limits. */
export interface Host {
  /** Time on the clock of the machine, ms; without it `limits.wallMs` has no effect. What it throws ends the work. */
  elapsedMs?(): number
  /** True ends the replication with what it has counted so far; while it is built, with `NotBegun`. */
  isStopped?(): boolean
  /** Is told the share of the replication's time that is simulated, 0 to 1, and the requests answered so far with the sum of their response times. */
  reached?(share: number, answered: number, sumMs: number): void
}

/** Requests of one kind that arrived in one cell. */
export interface KindCell {
  readonly offered: number
  readonly answered: number
  readonly inTime: number
  readonly inside: number
  /** Of those inside, the ones whose deadline had not passed. */
  readonly stillInTime: number
  /** Σ age of those inside. */
  readonly insideMs: number
  /** Answered within this cell, whenever they arrived. */
  readonly completed: number
  readonly sumMs: number
  /** Answers that did not show a change made before they were requested; of these Σ changes and Σ ms behind. */
  readonly stale: number
  readonly versionsBehind: number
  readonly behindMs: number
  readonly failed: readonly (readonly [Outcome, number])[]
  /** Encoded LatencyHistogram. */
  readonly histogram: Float64Array
  /** Requests with all that they set off: done, Σ ms until then, and not done at the end, with Σ of their ages. */
  readonly done: number
  readonly doneMs: number
  readonly doneOpen: number
  readonly doneOpenMs: number
  /** Encoded LatencyHistogram; null of requests that set nothing off, which are done with their answer. */
  readonly doneHistogram: Float64Array | null
}

/** What a block did in one cell of time. Areas are in units × ms. */
export interface BlockCell {
  /** Calls sent to the block, including calls that waited for a connection; and calls that had a connection. */
  readonly offered: number
  readonly arrived: number
  readonly done: number
  /** By reason code. */
  readonly failed: Float64Array
  readonly doneMs: number
  readonly insideArea: number
  /** At the end of the cell. */
  readonly abandoned: number
  readonly inside: number
  readonly resources: readonly number[]
  /** Work begun, however long it takes; what is in use of a resource that does no work. */
  readonly workBegun: readonly number[]
  readonly queues: readonly number[]
  /** Calls that arrived and were not served: rejected, left a queue, or still added to a queue. */
  readonly unserved: number
  /** Largest so far. */
  readonly queueMax: readonly number[]
  readonly counters: readonly number[]
  readonly begun: number
  readonly waited: number
  readonly waitMs: number
  /** Calls that got a connection, those of them that waited for it, and Σ ms of their waits; 0 without connections. */
  /**
   * Age of the oldest message: its integral, ms²; at the end of the cell, and the largest within it, ms. 0 without messages.
   * Of a batch, the largest of all replications, and the sum over them of that of each.
   */
  readonly oldestArea: number
  readonly oldestAtEnd: number
  readonly oldestMost: number
  readonly oldestMostSum: number
  readonly connected: number
  readonly connectionWaited: number
  readonly connectionWaitMs: number
}

/** What one instance of a block did: the fullest, or one that an objective names. */
export interface InstanceFound {
  /** Position of its block. */
  readonly block: number
  /** From 0; the fullest may be another one in each replication. */
  readonly instance: number | 'fullest'
  /** By cell: the instances that were measured as the fullest; one, if it is the same in both halves of the cell. */
  readonly chosen: readonly (readonly number[])[]
  readonly counters: readonly string[]
  /** Resources per unit of their capacity. What is not measured of an instance is NaN. */
  readonly cells: readonly BlockCell[]
  readonly histograms: Readonly<Record<BlockHistogram, Float64Array | null>>
}

/** Levels of a block at the end of each tick. */
export interface BlockSeries {
  /** Calls inside. */
  readonly inside: Float64Array
  /** Calls in its lines: for a worker, for room, or for a connection, where they are inside their callers. */
  readonly inLine: Float64Array
}

/** Levels at the end of each tick. */
export interface Series {
  readonly inside: Float64Array
  readonly blocks: readonly BlockSeries[]
}

/** What a replication counts only if asked to. */
export interface CloseUp {
  /**
   * Calls sent within the measured time: by whom and to which block, each as its position among the blocks; sources are
   * numbered behind them.
   */
  readonly calls: readonly { readonly from: number; readonly to: number; readonly count: number }[]
}

/**
 * What one replication found, or a batch of several that followed one another: sums of what they counted, means of their
 * series. Plain data.
 */
export interface Replicate {
  /** Number of the replication; of a batch, of the first in it. */
  readonly replication: number
  /** Replications in it; 1 unless it is a batch. */
  readonly replications: number
  readonly events: number
  readonly endMs: number
  /** The limit that ended it early; `standstill` where event followed event and no time passed. */
  readonly stopped: 'events' | 'inside' | 'wall' | 'standstill' | 'interrupted' | null
  /** By kind, then by cell. */
  readonly kinds: readonly (readonly KindCell[])[]
  /** By block in name order, then by cell. */
  readonly blocks: readonly (readonly BlockCell[])[]
  /** The fullest instance of each block that has several, and those that objectives name. */
  readonly instances: readonly InstanceFound[]
  /** Capacity of each resource, and names, by block. */
  readonly capacities: readonly (readonly number[])[]
  readonly names: readonly {
    readonly resources: readonly string[]
    /** By resource: whether it is room for what is kept, which no load fills in proportion. */
    readonly rooms: readonly boolean[]
    readonly queues: readonly string[]
    readonly counters: readonly string[]
  }[]
  /** By block: how long it takes to fill, where it begins empty and that is known. */
  readonly fillings: readonly (Filling | null)[]
  /** By block: error of its hit ratio in points, at most, where one key stands for several; else 0. */
  readonly standInErrors: readonly number[]
  readonly histograms: readonly Readonly<Record<BlockHistogram, Float64Array | null>>[]
  readonly offeredByTick: Float64Array
  readonly answeredByTick: Float64Array
  readonly sumMsByTick: Float64Array
  readonly series: Series
  readonly breakdown: EncodedBreakdown
  readonly traces: readonly RequestTrace[]
  readonly closeUp: CloseUp | null
  readonly slowest: {
    readonly replication: number
    readonly kind: number
    readonly request: number
    readonly responseMs: number
  } | null
}

/**
 * Runs replications, on one thread or many; the answers come in the order of the tasks. A runner that is told to stop
 * ends those under way, which then are `stopped` by `interrupted`, and leaves out those that it has not begun.
 */
export type Runner = (tasks: readonly Task[]) => Promise<readonly Replicate[]>
