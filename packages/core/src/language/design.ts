import type { Assumption } from '../support/params.ts'
import type { Dimension } from '../support/units.ts'

export type FieldValues = Readonly<Record<string, unknown>>

/** A checked design: plain data, which can be sent to another thread. Numbers are in base units. */
export interface Design {
  readonly name: string
  readonly about?: string
  readonly sources: readonly NamedValues[]
  readonly blocks: readonly BlockValues[]
  readonly faults: readonly NamedValues[]
  readonly run: FieldValues
  readonly objectives: readonly Objective[]
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
  | { readonly kind: 'block'; readonly block: string }

/** A promise: one comparison of a measure with a bound. */
export interface Objective {
  /** As it was written. */
  readonly text: string
  readonly subject: Subject
  /** The name of the measure; for `p99.9` it is `percentile`. */
  readonly measure: string
  /** For percentiles, for example 99.9. */
  readonly percentile?: number
  readonly operator: Operator
  /** In the base unit of the dimension. */
  readonly bound: number
  readonly dimension: Dimension
  readonly window?: { readonly fromMs: number; readonly toMs: number }
  /** The variant that must keep the promise, where it is not every one. */
  readonly variant?: string
  readonly path: string
}
