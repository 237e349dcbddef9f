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
