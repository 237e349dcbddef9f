import type { Registry } from '../registry.ts'
import type { Dimension } from '../units.ts'
import type { Node, Notation } from './node.ts'
import type { QuantityLimits } from './quantity.ts'
import type { Reading } from './reading.ts'
import type { ReferenceTarget } from './reference.ts'
import type { JsonSchema, SchemaScope } from './schema.ts'

/** The parameter vocabulary: every field of every block, policy, distribution, fault and run setting is one of these. */
export interface Param<T, Input = unknown> {
  /** The word for this kind of parameter in docs and forms, for example `duration`. */
  readonly kind: string
  readonly meaning: string
  /** What one writes, for messages: `a duration such as `200ms``. */
  readonly expected: string
  /** In the notation of a design. */
  readonly default?: Notation
  /** Where the default comes from. */
  readonly source?: string
  /** The older name of the field, which is still read; `check --fix` rewrites it. */
  readonly formerly?: string
  /** True when the value may be left out although there is no default. */
  readonly optional?: true
  /** Of an optional record: the field beside it with which it is there, with its own defaults. */
  readonly impliedBy?: string
  readonly facts?: ParamFacts
  /** The value in base units, or undefined after having reported what is wrong. Never throws. */
  read(node: Node, reading: Reading): T | undefined
  /** How well the form of what is written suits: 0 not at all, 1 the right form, 2 surely this. */
  fits(node: Node, reading: Reading): 0 | 1 | 2
  /** What an editor may check; a value that `read` accepts always satisfies it. */
  schema(scope: SchemaScope): JsonSchema
  /** Types only. */
  readonly type?: T
  readonly input?: Input
}

/** What forms and reference pages show besides the meaning. */
export interface ParamFacts {
  /** As one reads it: `at least 1ms`, `0% to 100%`. */
  readonly bounds?: string
  readonly words?: readonly string[]
  readonly family?: () => Registry
  readonly of?: readonly Param<unknown>[]
  readonly fields?: Params
  /** Of a record: the field that a value without a mapping gives. */
  readonly main?: string
  readonly accepts?: readonly string[]
  /** Of a quantity: what it measures, and its bounds in base units. */
  readonly limits?: QuantityLimits
  /** Of k of n: the largest numbers. */
  readonly kOfN?: { readonly maxK: number; readonly maxN: number }
  /** Of a list: the least and the greatest number of items. */
  readonly items?: { readonly min: number; readonly max: number }
  /** Of a reference: what may be named. */
  readonly target?: ReferenceTarget
  /** Of a value that keeps something beside its one number, such as the unit: that number. */
  readonly quantityIn?: (value: unknown) => QuantityIn
}

/** The one number of a value, and the value with another number in its place. */
export interface QuantityIn {
  readonly dimension: Dimension
  readonly value: number
  with(value: number): unknown
}

export type Params = Readonly<Record<string, Param<unknown>>>
export type Values<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never }

type InputOf<P> = P extends Param<unknown, infer Input> ? Input : never
type OmittableKeys<P extends Params> = { [K in keyof P]: undefined extends InputOf<P[K]> ? K : never }[keyof P]

/** What one writes for these parameters in a design built in TypeScript. */
export type Inputs<P extends Params> = {
  readonly [K in Exclude<keyof P, OmittableKeys<P>>]: InputOf<P[K]>
} & { readonly [K in OmittableKeys<P>]?: InputOf<P[K]> }

/** What every parameter says of itself. */
export interface Described {
  readonly meaning: string
  readonly formerly?: string
  readonly impliedBy?: string
}
/** The field must be given. */
export interface Required {
  readonly default?: never
  readonly source?: never
  readonly optional?: never
}
/** The field may be left out; its value is then undefined. */
export interface Optional {
  readonly optional: true
  readonly default?: never
  readonly source?: never
}
/** The field may be left out; its value is then this one, and is listed among the assumptions. */
export interface Defaulted<Input = Notation> {
  readonly default: Input
  readonly source?: string
  readonly optional?: never
}
export type Presence = Required | Optional | Defaulted<Notation>

/** A parameter kind: required, optional or with a default, and typed accordingly. */
export interface ParamKind<Options, T, Input> {
  (options: Options & Described & Optional): Param<T | undefined, Input | undefined>
  (options: Options & Described & Defaulted<Input>): Param<T, Input | undefined>
  (options: Options & Described & Required): Param<T, Input>
}

/** The part of a parameter that follows from whether it may be left out. */
export function presence(
  options: Described & Presence,
): Pick<Param<unknown>, 'meaning' | 'formerly' | 'impliedBy' | 'default' | 'source' | 'optional'> {
  return {
    meaning: options.meaning,
    ...(options.formerly === undefined ? {} : { formerly: options.formerly }),
    ...(options.impliedBy === undefined ? {} : { impliedBy: options.impliedBy }),
    ...(options.default === undefined ? {} : { default: options.default }),
    ...(options.source === undefined ? {} : { source: options.source }),
    ...(options.optional === undefined ? {} : { optional: options.optional }),
  }
}
