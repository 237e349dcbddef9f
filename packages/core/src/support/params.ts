import type { Definition } from './definition.ts'
import type { ChosenLaw } from './laws/law.ts'
import type { Registry } from './registry.ts'

/** The parameter vocabulary: every field of every block, policy, law, fault and run setting is one of these. */
export interface Param<T> {
  /** The word for this kind of parameter in docs and forms, for example `duration`. */
  readonly kind: string
  readonly meaning: string
  readonly type?: T
}
export type Params = Readonly<Record<string, Param<unknown>>>
export type Values<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never }

/** A policy chosen in a design, with its own parameters: plain data. */
export interface Chosen {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

/** A place named in a design: `web`, `web.2`, `album.read`. */
export interface Reference {
  readonly block: string
  /** Operation or endpoint; undefined means "the one that bears the name of the request". */
  readonly operation?: string
  /** Instance from 1. */
  readonly instance?: number
}
export type { ChosenLaw, Definition, Registry }

interface Optional {
  readonly meaning: string
  readonly above?: number
  readonly optional: true
}
interface Required<T> {
  readonly meaning: string
  readonly default?: T
  readonly min?: number
  readonly above?: number
  readonly max?: number
}

/** A quantity in the dimension of the law it belongs to; in base units. */
export function amount(options: Optional): Param<number | undefined>
export function amount(options: Required<number>): Param<number>
export function amount(options: Optional | Required<number>): Param<number | undefined> {
  return { kind: 'amount', ...options }
}

/** A number without a unit. */
export function factor(options: Optional): Param<number | undefined>
export function factor(options: Required<number>): Param<number>
export function factor(options: Optional | Required<number>): Param<number | undefined> {
  return { kind: 'factor', ...options }
}

/** A whole number. */
export function count(options: Required<number>): Param<number> {
  return { kind: 'count', ...options }
}

/** The text of a file in the design's folder. */
export function file(options: Optional): Param<string | undefined> {
  return { kind: 'file', ...options }
}

/** A list of the same. */
export function list<T>(options: Optional & { readonly of: Param<T> }): Param<readonly T[] | undefined> {
  return { kind: 'list', ...options }
}
