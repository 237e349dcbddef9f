import type { Misnomers } from './misnomers.ts'
import type { Renewed } from './params/former.ts'
import type { Inheriting } from './params/inherited.ts'
import type { MapNode, Notation } from './params/node.ts'
import type { Params, Values } from './params/param.ts'
import type { Complaint } from './params/reading.ts'
import type { ProblemKind } from './problem.ts'

/** What a definition finds wrong in its own values; `field` is the parameter to point at. */
export interface FieldComplaint extends Complaint {
  readonly field?: string
}

/** Reports a mistake in full, or, where no code of its own is wanted, as field, message and remedy. */
export interface FieldReport {
  (complaint: FieldComplaint): void
  (field: string, message: string, hint: string): void
}

/**
 * What every member of a family says of itself: a block, a policy, a distribution, a fault, a shape. Forms, help, reference
 * pages, JSON Schema and "did you mean" are derived from these fields and from nothing else.
 */
export interface Definition<P extends Params = Params> {
  /** The one name: in designs, on the command line, in the docs, as the file's name. */
  readonly name: string
  readonly title: string
  /** What it is, in one or two sentences. */
  readonly summary: string
  /** The paper, standard or product manual that specifies it. */
  readonly source?: string
  /** When it is good. */
  readonly goodFor?: string
  /** What it costs, in resources or in risk. */
  readonly costs?: string
  /** How it may be written, in the notation of a design; without it, the name and what must be given. */
  readonly example?: Notation
  /** Products that have it. */
  readonly seenIn?: readonly string[]
  /** Other words of the field that lead here. */
  readonly aliases?: readonly string[]
  /** Words that people write for it and that are none of its aliases: an unknown one of them leads here. */
  readonly mistakenFor?: readonly string[]
  /** Words that people write for it in another form, each with the remedy: what to write in their place. */
  readonly insteadOf?: Readonly<Record<string, string>>
  /** Words that people write for its fields, each with the remedy: what to write in their place. */
  readonly misnomers?: Misnomers
  /** A mapping that is written in a former form, in today's; undefined if it is in today's. `check --fix` rewrites it. */
  renewed?(node: MapNode): Renewed | undefined
  readonly params: P
  /** Where the fields come from that are not written. */
  readonly inherits?: Inheriting
  /**
   * How it is written on one line after its name, for example `{exponent} over {keys}` for `zipf 0.9 over 5M`.
   * Without it the member is written as a mapping, or as its name and `main`.
   */
  readonly short?: string
  /** The parameter that is written without its name: `compute: 2ms`, `crash: web.2`. Without it, the only parameter. */
  readonly main?: string
  /** The mistakes that only this definition can find, for `loadpath explain`. */
  readonly problems?: readonly ProblemKind[]
  /**
   * What must hold between parameters that are each well-formed; uncertain ones have their nominal value. Reports what
   * does not hold, or returns it as one sentence without its full stop.
   */
  check?(values: Values<P>, report: FieldReport): unknown
}
