import type { RequestTrace } from '../kernel/trace.ts'
import type { Objective, Relation } from '../language/design.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { Assumption } from '../support/params.ts'
import type { Bottleneck, ResourceAnswer } from './bottleneck.ts'
import type { Segment } from './breakdown.ts'
import type { Overload } from './overload.ts'

export type { Bottleneck, ResourceAnswer } from './bottleneck.ts'
export type { Overload } from './overload.ts'

/**
 * The answer to "simulate": plain data, the same bytes for the same design, seed and version. Times in ms, rates per
 * second, shares from 0 to 1, prices in $.
 */
export interface Answer {
  readonly schemaVersion: 1
  readonly design: string
  readonly about?: string
  readonly variant?: string
  readonly run: RunAnswer
  readonly verdict: Verdict
  /** Users of closed loops, by source: they set a pace of their own, which is the throughput. */
  readonly users: readonly { readonly source: string; readonly users: number }[]
  /** All requests together, then each kind. */
  readonly requests: readonly RequestAnswer[]
  /** Stretches of time before, between and after events; one if there are none. */
  readonly phases: readonly PhaseAnswer[]
  readonly blocks: readonly BlockAnswer[]
  readonly bottleneck: Bottleneck | null
  readonly breakdown: BreakdownAnswer
  /** Blocks that acknowledge messages or writes before they are done with them, and what they lost of these. */
  readonly acknowledged: readonly AcknowledgedAnswer[]
  readonly cost: CostAnswer
  readonly objectives: readonly ObjectiveAnswer[]
  /** The 5–95 % range over worlds, where the design has uncertain numbers. */
  readonly worlds: WorldsAnswer | null
  readonly assumptions: readonly Assumption[]
  /** One slow request followed through all blocks, if requested. */
  readonly trace: TraceAnswer | null
  /** What pictures are drawn from, if requested. */
  readonly pictures: PicturesAnswer | null
}

export interface RunAnswer {
  readonly kind: 'steady' | 'terminating'
  /** Why this kind, in a phrase. */
  readonly because: string
  readonly seed: number
  readonly replications: number
  /** Length of one replication, warm-up included, and what is cut from it. */
  readonly lengthMs: number
  readonly warmUpMs: number
  /** What counts of it, after the warm-up; in the rest the requests that came last are answered. */
  readonly measuredMs: number
  /**
   * Of a terminating run that begins in the steady state: time before 0 s in which it is reached, in ms, and why the run
   * begins empty all the same, or null if it does not. Absent in other runs.
   */
  readonly leadIn?: { readonly lengthMs: number; readonly emptyBecause: string | null }
  /** Time until caches behind caches are as in the long run, where the run does not leave it out; else null. */
  readonly unsettledMs: number | null
  /** Caches in which one key stands for several, and by how much their hit ratios are off at most, in points. */
  readonly standIns: readonly { readonly block: string; readonly errorPoints: number }[]
  /** Of a steady run: the relative half-width asked and the one reached for the mean. */
  readonly precision: { readonly asked: number; readonly reached: number | null } | null
  readonly events: number
  /** The limit that ended the run early, in words. */
  readonly stopped: string | null
  /** Present where the run ended before it had measured a steady state: counts are of a transient, and nothing is estimated. */
  readonly isUnsettled?: true
}

export interface Verdict {
  /**
   * carries: what is offered is answered; failing: fewer than nine in ten requests are answered in time; overloaded: a
   * backlog grows without limit; not-enough: the run ended before anything could be said, or is too short to tell whether a
   * backlog stops growing.
   */
  readonly outcome: 'carries' | 'failing' | 'overloaded' | 'inconclusive'
  /** A small error in a service time is a large one in the tail. */
  readonly nearKnee: boolean
  readonly sentence: string
  readonly overloads: readonly Overload[]
  /** Of a steady run that carries its load: what its attempts would fill if every call timed out. Absent if nothing. */
  readonly retryOverload?: RetryOverload
}

/** A resource that carries its load, and would not carry all attempts if every call timed out. */
export interface RetryOverload {
  readonly block: string
  readonly resource: string
  /** What all attempts would ask of it, over what it can do. */
  readonly load: number
}

export interface RequestAnswer {
  /** `all`, or `source.kind`. */
  readonly name: string
  readonly offeredPerSecond: Estimate
  /** Those that are answered within the time, whenever they arrived; all else is of those that arrived within it. */
  readonly throughputPerSecond: Estimate
  readonly availability: Estimate
  /** Of those that were answered. */
  readonly mean: Estimate
  readonly percentiles: readonly PercentileAnswer[]
  /** Absent where no request sets off messages. */
  readonly done?: DoneAnswer
  /** Null where no answer shows anything that can change. */
  readonly age: AgeAnswer | null
  readonly ledger: Ledger
}

/** Time until requests are answered and all messages that they set off are done, ms. */
export interface DoneAnswer {
  readonly mean: Estimate
  readonly percentiles: readonly { readonly percentile: number; readonly estimate: Estimate }[]
}

/** How old answers were at the moment when they were requested. */
export interface AgeAnswer {
  /** Share that lacks a change. */
  readonly stale: Estimate
  /** Of these: mean time since the first change that they lack, ms, and mean number of changes. */
  readonly staleness: Estimate
  readonly versionsBehind: Estimate
}

export interface PercentileAnswer {
  readonly percentile: number
  readonly estimate: Estimate
  /** The same with all work 5 % and 20 % longer; null if it is not known, Infinity is "not answered". */
  readonly serviceTimePlus5: number | null
  readonly serviceTimePlus20: number | null
  /** Why one of them is not known, where the percentile itself is; null if both are, or if no longer work was simulated. */
  readonly serviceTimePlusUnknown: string | null
  /** Whether those move it by more than half. */
  readonly nearKnee: boolean
}

/** Counts that add up: offered = answered + rejected + timed out + lost + in flight. */
export interface Ledger {
  readonly offered: number
  readonly answered: number
  /** Of those answered: after their deadline. Absent if none was. */
  readonly late?: number
  readonly rejected: number
  readonly timedOut: number
  readonly lost: number
  readonly inFlight: number
  readonly reasons: readonly { readonly reason: string; readonly block: string; readonly count: number }[]
}

export interface PhaseAnswer {
  readonly label: string
  readonly fromMs: number
  readonly toMs: number
  readonly requests: RequestAnswer
  /**
   * Of a phase that begins with the end of an event: time from there until requests are answered as before the event, ms.
   * Absent from others.
   */
  readonly wellAgain?: Estimate
}

export interface BlockAnswer {
  readonly name: string
  readonly type: string
  readonly arrivedPerSecond: Estimate
  readonly mean: Estimate
  readonly inFlight: Estimate
  readonly resources: readonly ResourceAnswer[]
  /** Mean and maximum length of the queues in which its calls can wait, over all instances together. */
  readonly queues: readonly { readonly name: string; readonly mean: Estimate; readonly max: number }[]
  readonly waited: Estimate
  /** Mean wait for a worker; null if none is needed. */
  readonly waitMean: Estimate | null
  /** Mean wait of its callers for a connection; null if none is needed. */
  readonly connectionWaitMean: Estimate | null
  readonly counters: readonly { readonly name: string; readonly count: number }[]
  readonly hitRatio: Estimate | null
  /** Its calls that pass guards, by the block that they go to; absent where none do. */
  readonly guardedCalls?: readonly GuardedCallsAnswer[]
  /** What waits to be taken from a queue; absent for other blocks. */
  readonly backlog?: BacklogAnswer
  /** How old what it showed was; null where nothing that it shows can change. */
  readonly age: AgeAnswer | null
  /** arrived = done + failed (by reason) + the change of what is inside, of which abandoned. */
  readonly calls: {
    readonly arrived: number
    readonly done: number
    readonly failed: readonly { readonly reason: string; readonly count: number }[]
    readonly inFlightAtStart: number
    readonly inFlightAtEnd: number
    readonly abandonedAtEnd: number
  }
}

/** Calls to one block that pass a breaker, a rate limit, a bulkhead, a pool or a retry budget. Null for a guard that they have not. */
export interface GuardedCallsAnswer {
  readonly to: string
  readonly attemptsPerSecond: Estimate
  /** Share of the attempts that the guards refuse, and how many by reason, over all replications. */
  readonly rejected: Estimate
  readonly rejectedBecause: readonly { readonly reason: string; readonly count: number }[]
  /** Share of the time that the breaker of an instance is not closed. */
  readonly open: Estimate | null
  /** Share of the connections of the pools in use, and the mean wait for one, ms. */
  readonly connections: Estimate | null
  readonly connectionWaitMean: Estimate | null
  /** Share of the wanted retries for which the retry budget had nothing left. */
  readonly retriesRefused: Estimate | null
}

/** Messages that wait to be taken from a queue. */
export interface BacklogAnswer {
  /** Mean messages in the queue at the end of the measurement, those in work included. */
  readonly atEnd: Estimate
  /** Age of the oldest message that waits, ms: its mean over time, at most, and at the end. */
  readonly oldest: Estimate
  readonly oldestMax: number
  readonly oldestAtEnd: Estimate
  /**
   * Time until those at the end would be done, ms, if messages came on as in the last phase: their number over what the
   * workers can do less what arrives. `never` if at least as many arrive; null for a steady run, whose backlog stays.
   */
  readonly timeToDrain: Estimate | 'never' | null
}

/** Where the time of an answered request goes, on its critical path: the parts add up to `meanMs`. */
export interface BreakdownParts {
  readonly requestsFollowed: number
  readonly meanMs: number
  /** The same with its interval, which contains the mean response of all. */
  readonly mean: Estimate
  readonly parts: readonly {
    readonly block: string
    readonly activity: string
    /** What for, where the activity does not say it all: `worker`, `connection to db`, `disk`. */
    readonly note?: string
    readonly ms: number
    readonly share: number
  }[]
}

/** Of all requests, each kind counted as often as it was answered; and of each kind, where there are several. */
export interface BreakdownAnswer extends BreakdownParts {
  readonly kinds: readonly (BreakdownParts & { readonly name: string })[]
}

export interface AcknowledgedAnswer {
  readonly block: string
  /** Over the measured time of all replications. */
  readonly acknowledged: number
  readonly lost: number
  readonly share: Estimate
}

export interface CostAnswer {
  readonly perHour: number
  /** The same with its interval: what is carried is random. */
  readonly estimate: Estimate
  readonly perMonth: number
  /** null if nothing is answered or nothing costs. */
  readonly perMillionAnswered: number | null
  readonly parts: readonly {
    readonly block: string
    /** What is paid for: `instances`, or what was carried, such as `traffic` or `uploads`. */
    readonly what: string
    readonly perHour: number
  }[]
  /** Blocks that could have a price and have none. */
  readonly withoutPrice: readonly string[]
}

export interface ObjectiveAnswer {
  readonly objective: Objective
  readonly verdict: 'met' | 'missed' | 'inconclusive'
  readonly measured: Estimate
  readonly worlds: WorldsMet | null
}

/** In how many worlds an objective is kept. */
export interface WorldsMet {
  readonly met: number
  /** Worlds with too few data to say. */
  readonly inconclusive: number
  /** All worlds drawn. */
  readonly of: number
  /** The share of all possible worlds in which it is kept: those drawn are a sample. */
  readonly share: Estimate
}

/** Outcome of an objective between variants. */
export interface RelationAnswer {
  readonly relation: Relation
  readonly verdict: ObjectiveAnswer['verdict']
  readonly left: Estimate
  readonly right: Estimate
  /** `left - factor * right - margin`, paired where both ran alike. */
  readonly difference: Estimate
  /** `left / right`. */
  readonly ratio: Estimate
}

export interface WorldsAnswer {
  readonly count: number
  /** What is uncertain, as it was written. */
  readonly uncertain: readonly { readonly path: string; readonly text: string }[]
  /**
   * Over the worlds in which something was answered; a measure without such a world is left out. The cost, over all
   * worlds, where it is not the same in each.
   */
  readonly ranges: readonly {
    readonly measure: string
    readonly dimension: 'duration' | 'share' | 'price'
    readonly low: number
    readonly high: number
  }[]
}

export interface TraceAnswer {
  readonly request: Omit<RequestTrace, 'spans'>
  readonly replication: number
  /** Why and where it failed; null if it was answered. */
  readonly failure: { readonly reason: string; readonly block: string } | null
  readonly segments: readonly Segment[]
}

/** What pictures are drawn from. Bounded: at most 60 slices of time, or as many as there are phases if those are more. */
export interface PicturesAnswer {
  /** Percentiles, close enough for a curve: all requests together, then each kind. Empty if overloaded throughout. */
  readonly distributions: readonly { readonly name: string; readonly percentiles: readonly PercentileAnswer[] }[]
  /** Calls sent from a source or block to a block, retries included, as counted over the measured time. */
  readonly calls: readonly { readonly from: string; readonly to: string; readonly perSecond: Estimate }[]
  /** null for a steady run that carries its load: nothing changes with time there. */
  readonly overTime: OverTimeAnswer | null
}

/**
 * The run in slices of time. Every curve has one value a slice: an estimate over replications, with its interval at
 * this one moment (95 %), not for the curve as a whole.
 */
export interface OverTimeAnswer {
  /** Replications that were looked at in slices: at most the first twenty. */
  readonly replications: number
  /** Where slices begin, and where the last one ends: one number more than there are slices. */
  readonly edgesMs: readonly number[]
  /** Faults and changes of shape, in order of time. */
  readonly events: readonly { readonly atMs: number; readonly label: string }[]
  /** All requests together, then each kind. */
  readonly requests: readonly {
    readonly name: string
    /** Requests per second that arrive, and that are answered in this slice, whenever they arrived. */
    readonly offeredPerSecond: CurveAnswer
    readonly throughputPerSecond: CurveAnswer
    /** Of those that arrived in this slice: the share answered in time, and how slow the answers were. */
    readonly availability: CurveAnswer
    readonly mean: CurveAnswer
    readonly percentiles: readonly { readonly percentile: number; readonly curve: CurveAnswer }[]
  }[]
  readonly blocks: readonly {
    readonly name: string
    /** Mean number of calls inside. */
    readonly inFlight: CurveAnswer
    readonly resources: readonly { readonly name: string; readonly utilization: CurveAnswer }[]
    readonly queues: readonly { readonly name: string; readonly mean: CurveAnswer }[]
  }[]
}

/** One number a slice, and the ends of its interval; null where there is not enough to say it. */
export interface CurveAnswer {
  readonly point: readonly (number | null)[]
  readonly low: readonly (number | null)[]
  readonly high: readonly (number | null)[]
}

/** The answer to "compare": every variant beside the first, replication by replication with common random numbers. */
export interface Comparison {
  readonly schemaVersion: 1
  readonly designs: readonly Answer[]
  /** Differences of each later design from the first. */
  readonly differences: readonly {
    readonly of: string
    readonly from: string
    readonly measures: readonly MeasureDifference[]
  }[]
}

export interface MeasureDifference {
  readonly measure: string
  readonly dimension: 'duration' | 'share' | 'rate' | 'price'
  /** Null where it is not known. */
  readonly first: number | null
  readonly second: number | null
  readonly difference: Estimate
  readonly verdict: 'lower' | 'higher' | 'not significant'
}
