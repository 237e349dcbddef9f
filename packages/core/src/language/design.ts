import type { Assumption } from '../support/params.ts'
import type { Dimension } from '../support/units.ts'

export type FieldValues = Readonly<Record<string, unknown>>

/** A checked design: plain data, which can be sent to another thread. Numbers are in base units. */
export interface Design {
  readonly name: string
  readonly about?: string
  /** Absent where there are none. */
  readonly places?: readonly NamedValues[]
  readonly sources: readonly NamedValues[]
  readonly blocks: readonly BlockValues[]
  readonly faults: readonly NamedValues[]
  readonly run: FieldValues
  readonly objectives: readonly Objective[]
  /** Objectives that compare variants: judged where several run with common random numbers. */
  readonly relations: readonly Relation[]
  readonly variants: readonly string[]
  /** Findings of a review that the design accepts: the rule, and of what and why. */
  readonly accepted: readonly NamedValues[]
  /** The variant that is applied, if any. */
  readonly variant?: string
  readonly assumptions: readonly Assumption[]
  readonly uncertain: readonly UncertainField[]
}

/** For a source, its name; for a fault, its kind; for what is accepted, the rule. */
export interface NamedValues {
  readonly name: string
  readonly values: FieldValues
}

export interface BlockValues extends NamedValues {
  readonly type: string
}

export interface UncertainField {
  readonly path: string
  /** As it was written. */
  readonly text: string
  readonly low: number
  readonly high: number
  readonly nominal: number
}

export type Operator = '<' | '<=' | '>' | '>='

/** What an objective is about. */
export type Subject =
  | { readonly kind: 'design' }
  | { readonly kind: 'traffic'; readonly source: string }
  | { readonly kind: 'request'; readonly source: string; readonly request: string }
  | {
      readonly kind: 'block'
      readonly block: string
      /** One of its instances, from 1, or the one whose fullest resource is fullest. */
      readonly instance?: number | 'fullest'
      /** Not the block itself, but its guarded calls to this one. */
      readonly callee?: string
    }

/** A measure that an objective names. */
export interface Side {
  /** As it was written. */
  readonly text: string
  /** The variant in which it is measured; without one, the design as it stands. */
  readonly variant?: string
  readonly subject: Subject
  /** The name of the measure; for `p99.9` it is `percentile`. */
  readonly measure: string
  /** For percentiles, for example 99.9. */
  readonly percentile?: number
}

/** What every kind of objective says. */
interface Promised {
  /** As it was written. */
  readonly text: string
  readonly operator: Operator
  readonly dimension: Dimension
  readonly window?: { readonly fromMs: number; readonly toMs: number }
  readonly path: string
}

/** An objective: one comparison of a measure with a bound. Without a variant every one must keep it. */
export interface Objective extends Promised, Omit<Side, 'text'> {
  /** In the base unit of the dimension. */
  readonly bound: number
}

/** An objective between variants: `left` against `factor` times `right` plus `margin`. */
export interface Relation extends Promised {
  readonly left: Side
  readonly right: Side
  readonly factor: number
  /** In the base unit of the dimension. */
  readonly margin: number
}
