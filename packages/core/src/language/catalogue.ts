import type { Definition, FieldReport } from '../support/definition.ts'
import type { Params, Reference } from '../support/params.ts'
import type { Preset } from '../support/preset.ts'
import type { ProblemKind } from '../support/problem.ts'
import type { Registry } from '../support/registry.ts'
import type { Dimension } from '../support/units.ts'
import type { Design, FieldValues, NamedValues } from './design.ts'

/** One call that a block makes while it serves `operation` (any operation if absent). */
export interface CallEdge {
  readonly operation?: string
  readonly to: Reference
  /** Whether it hands the call on as it is, operation and all. */
  readonly passesOperation?: true
}

/** An operation that calls to a reference may name. */
export interface OperationBehind {
  readonly name: string
  /** Whether a call that names no operation of the block gets this one. */
  readonly isDefault: boolean
  /** Whether it leads to an operation that changes what is stored, or to a message that is kept. */
  readonly changes: boolean
}

/** What the language needs to know of a type of block. Values have their nominal numbers. */
export interface BlockDefinition<P extends Params = Params> extends Definition<P> {
  readonly presets?: readonly Preset[]
  /** Operations that a call may name; a block without them takes any request. */
  operations?(values: never): readonly string[]
  /** The operation of calls that name none and whose request bears no operation's name. */
  readonly defaultOperation?: string
  /**
   * Fields that follow from the blocks behind it, and stand beside those that are written; undefined for none.
   * `operationsOf` returns the operations of whatever answers there, or undefined where that takes any request.
   */
  deriveFields?(
    values: never,
    operationsOf: (to: Reference) => readonly OperationBehind[] | undefined,
  ): FieldValues | undefined
  /** Whether this operation changes what is stored, or keeps a message. */
  changes?(operation: string | undefined, values: never): boolean
  /** Calls that are waited for: these must not form a circle. */
  calls?(values: never): readonly CallEdge[]
  /** Of what it holds at 0 s and works on without being called: what that is, in a few words. */
  startsWith?(values: never): string | undefined
  /** How many instances a reference may name; without it, the field `instances`, or one. */
  instances?(values: never): number
  /** What of it is measured: resources, lines and counters by name. Without it, any measure of a block may be asked. */
  measured?(values: never): readonly string[]
  /** Roles that a reference may name, for example `leader`. */
  roles?(values: never): readonly string[]
  /** Whether it waits for a disk, which a fault can name. */
  hasDisk?(values: never): boolean
  /** What is measured of its guarded calls, by the block that they go to. */
  measuredOfCalls?(values: never): ReadonlyMap<string, readonly string[]>
}

/** What the language needs to know of a source of traffic. */
export interface TrafficDefinition<P extends Params = Params> extends Definition<P> {
  /** Names of its kinds of request; without it, the keys of the field `requests`. */
  requests?(values: never): readonly string[]
  /** Where each kind of request goes first; without it, the field `to` of each. */
  calls?(values: never): readonly CallEdge[]
}

/** `calls` are the guarded calls from one block to another. */
export type SubjectKind = 'request' | 'traffic' | 'block' | 'calls' | 'design'

/** Something that an objective may bound. The member `percentile` answers to `p50`, `p99`, `p99.9` and the like. */
export interface MeasureDefinition<P extends Params = Params> extends Definition<P> {
  readonly dimension: Dimension
  readonly of: readonly SubjectKind[]
  /** The types of block that have it; without it, all. */
  readonly blocks?: readonly string[]
  /** What a block must measure to have it: one of these is enough. */
  readonly needs?: readonly string[]
  /** What must be measured of calls from one block to another to have it of them: one of these is enough. */
  readonly needsOfCalls?: readonly string[]
  /** Whether it may be asked of one instance of a block, and of the fullest. */
  readonly ofInstance?: 'one' | 'one or fullest'
}

/** When named things of a design happen, by name: undefined where random decides, Infinity where one does not end. */
export type Events = ReadonlyMap<string, { readonly fromMs: number | undefined; readonly toMs: number | undefined }>

/** Everything a design may be made of: the language itself knows no block by name. */
export interface Catalogue {
  readonly blocks: Registry<BlockDefinition>
  /** An entry of the section `places`; without it, there are none. */
  readonly places?: Definition
  readonly traffic: TrafficDefinition
  readonly faults: Registry
  /** When each fault that has a name begins and ends, in its nominal world. */
  eventsOf?(faults: readonly NamedValues[]): Events
  /** What `defaults` may say of many mappings at once, by the word under which they inherit it. */
  readonly inherited?: Readonly<Record<string, Params>>
  readonly run: Definition
  readonly measures: Registry<MeasureDefinition>
  /** The rules whose findings a design may accept. */
  readonly rules?: Registry
  /** What must hold across the whole design; `field` is a path such as `run.until`. */
  check?(design: Design, report: FieldReport): void
  readonly problems?: readonly ProblemKind[]
}
