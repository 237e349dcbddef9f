import type { MeasuredGuard, Passages } from '../calls/callee-passages.ts'
import type { Memory } from '../calls/guards/memory.ts'
import type { CallValues } from '../calls/params.ts'
import type { Idempotence, Repeating } from '../calls/repeating.ts'
import type { Call, Receiver } from '../kernel/call.ts'
import type { Counter, Queue, Resource } from '../kernel/measured.ts'
import type { OldestAge } from '../kernel/oldest-age.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Waits } from '../kernel/waits.ts'
import type { Definition } from '../support/definition.ts'
import type { ChosenDistribution } from '../support/distributions/distribution.ts'
import type { Chosen, Params, Reference, Values } from '../support/params.ts'
import type { Preset } from '../support/preset.ts'
import type { DataSource } from './data-source.ts'
import type { Fleet } from './fleet.ts'
import type { OperationBehind } from './operation.ts'
import type { Risks } from './risks.ts'
import type { Spacing } from './spacing.ts'

/** One call that a block makes while it serves `operation` (any operation if absent). */
export interface Edge {
  readonly operation?: string
  readonly to: Reference
  /** Expected calls per call served, as far as arithmetic can tell; a cache's misses count as 1. */
  readonly perCall: number
  /** Whether it hands the call on as it is, operation and all. */
  readonly passesOperation?: true
  /** Popularity of the keys requested, where it is not the request's own. */
  readonly key?: Chosen
  /** How the call is made, where the caller can say it. */
  readonly options?: CallValues
  /** True if the caller goes on without the answer when there is none. */
  readonly dispensable?: true
  /** True if nobody who called the block waits for this call. */
  readonly detached?: true
}

/** Use of a resource by a call of `operation` (any if absent), as far as arithmetic can tell. */
export interface Demand {
  readonly operation?: string
  readonly resource: string
  readonly capacity: number
  readonly perCallMs: number
  /** True if a call does it in several turns, with waits in line between: what it began says little of what it brings. */
  readonly inTurns?: true
}

/** Random time that a call of `operation` (any if absent) spends at its block, by arithmetic. */
export interface Draw {
  readonly operation?: string
  /** A distribution of durations. */
  readonly distribution: ChosenDistribution
  /** Expected draws per call served. */
  readonly perCall: number
  /** True if nobody who called the block waits for it. */
  readonly detached?: true
}

/** What stands around a block in its design. */
export interface BlockContext {
  /** Blocks and sources that call it. */
  readonly callers: readonly string[]
  /** Sources whose requests reach it, and how many sessions each has. */
  readonly sources: readonly { readonly name: string; readonly sessions: number | undefined }[]
  readonly hasFaults: boolean
  /** Whether a planned change may give another block more instances. */
  mayGrow(block: string): boolean
  /** Whether any of the traffic is a recorded trace, which may tell how large things are. */
  readonly isReplayed: boolean
  /** Whether any of the requests that reach it may have a key. */
  readonly isKeyed: boolean
  /** The fields of another block. */
  valuesOf(block: string): Readonly<Record<string, unknown>> | undefined
}

/** What one pays for what was carried. */
export interface PricePerCount {
  readonly counter: string
  /** Undefined if the design sets none, so that the cost is unknown. */
  readonly price: number | undefined
  readonly what: string
}

/** A field that does not fit what stands around the block. */
export interface ContextProblem {
  /** `conflicting-fields` if absent. */
  readonly code?: string
  /** `error` if absent. */
  readonly severity?: 'warning'
  readonly field: string
  readonly message: string
  readonly hint: string
}

/** What a block is, to the language, the docs and the simulator. */
export interface BlockType<P extends Params = Params> extends Definition<P> {
  readonly presets?: readonly Preset[]
  /** Operations that a call may name. A block without them takes any request. */
  operations?(values: Values<P>): readonly string[]
  /** The operation of calls that name none and whose request bears no operation's name. */
  readonly defaultOperation?: string
  /**
   * Fields that follow from the blocks behind it, and stand beside those that are written; undefined for none.
   * `operationsOf` returns the operations of whatever answers there, or undefined where that takes any request.
   */
  deriveFields?(
    values: Values<P>,
    operationsOf: (to: Reference) => readonly OperationBehind[] | undefined,
  ): Readonly<Record<string, unknown>> | undefined
  /** Whether this operation changes what is stored, or keeps a message, so that doing it twice may matter. */
  changes?(operation: string | undefined, values: Values<P>): boolean
  /**
   * Whether doing this operation twice has the effect of doing it once, with all that it leads to; undefined if that follows
   * from `changes` and from the calls that it makes.
   */
  idempotence?(operation: string | undefined, values: Values<P>): Idempotence | undefined
  /** Whether it waits for a disk, which a fault can name. */
  hasDisk?(values: Values<P>): boolean
  /** Calls it makes: for cycles, for arithmetic before a run, for pictures. */
  calls?(values: Values<P>): readonly Edge[]
  /** What its calls use up: for the bottleneck by arithmetic. */
  demands?(values: Values<P>): readonly Demand[]
  /** What its calls draw the time from that they take here: how rarely long work is met. */
  draws?(values: Values<P>): readonly Draw[]
  /** What of it is measured: its resources, its lines (`waiting`) and its counters, by name. */
  measured?(values: Values<P>): readonly string[]
  /** What is measured of its guarded calls, by the block that they go to. */
  measuredOfCalls?(values: Values<P>): ReadonlyMap<string, readonly MeasuredGuard[]>
  /** Price of what it rents, in $ per hour. */
  pricePerHour?(values: Values<P>): number
  /** How many instances a reference may name; without it, the field `instances`, or one. */
  instances?(values: Values<P>): number
  /** What it remembers that its calls in flight do not show: how long a steady-state replication must be. */
  memories?(values: Values<P>): readonly Memory[]
  /** What faults can change of it besides its instances, their answers and the lines to them. */
  affectedBy?(values: Values<P>): readonly ('entries' | 'fleet')[]
  /** Of how many things it is built, if of many: instances, steps; `of` says how many instances another block has. */
  parts?(values: Values<P>, of: (block: string) => number): number
  /** Price of each unit that some of its counters count, in $, and what is paid for, in a word or two. */
  pricesPerCount?(values: Values<P>): readonly PricePerCount[]
  /** Of a state at 0 s that no steady state has: what it is, in a few words. The run is then terminating. */
  startsWith?(values: Values<P>): string | undefined
  /** What must hold between it and what stands around it. */
  checkContext?(values: Values<P>, around: () => BlockContext): readonly ContextProblem[]
  /** What can be unwise about it, for `loadpath review`. */
  readonly risks?: Risks<P>
  create(values: Values<P>, site: Site): Block
}

/** How often each key is requested, where that falls smoothly with the key. */
export interface Popularity {
  /** The keys, from 1 to this. */
  readonly keys: number
  /** Calls per ms. */
  perMsOf(key: number): number
  /** A bound of the same for this key and all that follow it: what caches before answer may be left out. */
  mostPerMsFrom(key: number): number
  /** What a cache before, which keeps what it has loaded, leaves between two calls for one key. */
  readonly spacing: Spacing
  /** How many keys stand for themselves alone in caches before; null where every key does. */
  readonly alone: number | null
}

/** What a block is given when it is built. */
export interface Site {
  readonly name: string
  /** Position of the block in the run. */
  readonly index: number
  readonly simulation: Simulation
  /** Hash of the name: the root of the keys of its draws. */
  readonly hash: number
  /** Whether a fault can slow, pause or crash it, or fail its answers. */
  readonly faulty: boolean
  /** How many instances may come while it runs; null where none come or go. */
  readonly instancesToCome: number | null
  /** Another block; only from `connect` on. */
  block(name: string): Block
  /** What repeating a call leads to that is made for a request or an operation of this name. */
  repeating(to: Reference, kind: string): Repeating
  /** Whether any request leads to a call of `operation` here. */
  isAsked(operation: string): boolean
  /** Sessions of the traffic that comes here; 0 where there are none. */
  readonly sessions: number
  /** Rate at which calls of `operation` are expected, in calls/s, by arithmetic on the design; 0 if unknown. */
  expectedRate(operation: string): number
  /** Draws one key of the stream of keys that `operation` is expected to receive, to warm a cache; null if none. */
  keyStream(operation: string): (() => number) | null
  /** How often calls of `operation` are expected for each key; null where that is unknown or no smooth function of the key. */
  popularity(operation: string): Popularity | null
  /** The moment that caches are warmed for, 0 or before, ms: from then to 0 requests are recalled. */
  readonly startMs: number
  /** Whether what is to begin empty is emptied at 0 s: in a run that begins in the steady state it has been at work before. */
  readonly isEmptiedAtStart: boolean
  /** Sizes in bytes of the objects requested, by key from 1; null unless one replayed trace tells them all. */
  readonly recordedSizes: Float64Array | null
  /**
   * Gives a call what one of the calls has that are expected here: kind, key, size and priority.
   * @returns the name of the operation or request that it is made for; undefined if none is expected
   */
  messageStream(): (call: Call) => string | undefined
}

/** How long a block that begins empty takes until it holds what it holds in the long run. */
export interface Filling {
  /** At the rates that arithmetic on the design tells, ms. */
  readonly ms: number
  /** Reads that come in that time. */
  readonly reads: number
}

/** Name of the queue in which callers of a block wait for a connection to it. */
export const connectionQueue = 'waiting for a connection'

/** Name of the queue of calls that wait for a worker. */
export const workerQueue = 'waiting'

/** One of several instances of a block, as it is measured: resources and queues as those of the block, in their order. */
export interface MeasuredInstance {
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  /** What it counts of what the block counts. */
  readonly counters: readonly Counter[]
  /** Calls that began work so far. */
  begun(): number
  /** Keeps the waits for its workers from now on. */
  keepWaits(): Waits
}

/** One instance of a block, as faults see it. */
export interface Instance {
  /** Whether it has a process that a fault can strike now; absent where it always has. */
  exists?(): boolean
  /** @param isRestarted whether it is started again at the same moment: who waits for it outside finds it up */
  crash(isRestarted?: boolean): void
  restart(): void
  slow(factor: number): void
  /** The same of its disk alone; absent where it waits for none. */
  slowDisk?(factor: number): void
  pause(paused: boolean): void
  /** Drops all entries at once; absent where it keeps none. */
  flush?(): void
}

/**
 * What a health check finds: an instance that takes calls, one that refuses them at once, since its process is dead, or one that
 * does not answer.
 */
export type Health = 'takes calls' | 'refuses' | 'silent'

/** A block at work in a run. */
export interface Block extends Receiver {
  /** Looks up the blocks it calls; runs when all exist. */
  connect?(): void
  /** Fills what it holds as it would be after a long time; runs when all are connected, before any starts. */
  warm?(): void
  /** Whether it keeps answers to an operation; absent where it keeps none. */
  keepsAnswersTo?(operation: string | undefined): boolean
  /** Share of the calls of an operation for a key that it answers without its origin in the long run; known when it is warm. */
  answeredShare?(operation: string | undefined, key: number): number
  /** How the reads of a key follow one another that it sends to its origin; without it at independent moments. */
  readonly spacing?: Spacing
  /** How many keys stand for themselves alone here, where one stands for several beyond them; known when it is warm. */
  readonly alone?: number | null
  /** By how much its hit ratio is off at most, in points, as one key stands for several; 0 where none does. */
  readonly standInError?: number
  /** What it holds shows what was stored when it came in; runs when all are warm, at the moment `Site.startMs`. */
  allWarm?(): void
  /**
   * Does what a call before the start would have done to what is kept here, in no time, and gives the call the copy that it
   * is shown; without it, a call leaves nothing. `send` makes the calls that it leads to, and returns how long they take
   * where nobody waits, ms.
   */
  recall?(call: Call, send: (call: Call) => number): void
  /** Schedules its first events; blocks start in name order. */
  start?(): void
  /** How long it takes to fill; null where it begins with what it holds in the long run, or where that is not known. */
  readonly filling?: Filling | null
  /** How old the oldest is of what waits in it to be taken; absent where nothing is published. */
  readonly oldest?: OldestAge
  /** Takes in what waits in it at 0 s. What it takes in has not arrived in the run: it is in flight when the run begins. */
  takeBacklog?(): void
  /** Begins work on what waits in it at 0 s, in the run: that work and these waits are measured. */
  beginBacklog?(): void
  /** Drops what it holds at 0 s, where it is to begin empty; only in runs with `Site.isEmptiedAtStart`. */
  emptyAtStart?(): void
  /** Number of an operation for calls to it: the one named, else the one that has the name of the request kind. */
  operation(name: string | undefined, kind: string | undefined): number
  /** What a balancer and a fault can address, by number; a block without a list is one instance. */
  readonly instances: readonly Instance[]
  /** Which of these exist, where instances come and go. */
  readonly fleet?: Fleet | null
  /** Whether its instances share one address, so that a caller addresses none of them. */
  readonly sharesAddress?: boolean
  /** Weight of an instance in the choice of a balancer; 1 where it is absent. */
  instanceWeight?(instance: number): number
  /** Called for every instance that crashes. */
  readonly onCrash?: ((instance: number) => void)[]
  /** The guarded ways to the blocks that it calls; absent where nothing guards them. */
  readonly passages?: Pick<Passages, 'leak'>
  /** What a health check of an instance would find now. */
  health(instance: number): Health
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly counters: readonly Counter[]
  /** What can be read at it; absent where nothing can. */
  readonly data?: DataSource
  /** Waits for its workers, one an instance. */
  readonly waits: readonly Waits[]
  /** Its instances, if it has several that can be measured apart. */
  readonly measuredInstances?: readonly MeasuredInstance[] | undefined
  /** What must hold at the end of every run; throws otherwise. */
  verify?(nowMs: number): void
}
