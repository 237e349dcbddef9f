import type { Reference } from '../support/params.ts'

/** What stands around a fault in its design. */
export interface FaultContext {
  /** The fields of a source of traffic. */
  sourceValues(name: string): Readonly<Record<string, unknown>> | undefined
  /** The blocks to which something that a reference means has pools of connections. */
  poolsOf(reference: Reference): readonly string[]
  /** Whether anything that a reference to a block or place means has what a fault is to change. */
  canAffect(reference: Reference, what: 'entries' | 'fleet'): boolean
}

/** A field of a fault that does not fit the rest of its design. */
export interface FaultProblem {
  readonly code: string
  readonly severity?: 'warning'
  readonly field: string
  readonly message: string
  readonly hint: string
}

/** Why a fault changes nothing, and the field that says so. */
export interface Idle {
  readonly field: string
  readonly why: string
  readonly hint: string
}

/** A warning about a fault that changes nothing. */
export function withoutEffect(fault: string, { field, why, hint }: Idle): FaultProblem {
  return {
    code: 'fault-without-effect',
    severity: 'warning',
    field,
    message: `\`${fault}\` has no effect: ${why}`,
    hint,
  }
}
