import type { CallValues } from './params.ts'

/** A warning about a field that changes nothing. */
export interface NoEffect {
  readonly code: string
  readonly severity: 'warning'
  readonly field: string
  readonly message: string
  readonly hint: string
}

/** Says why a field changes nothing, and how to make it count. */
export function noEffect(field: string, why: string, hint: string): NoEffect {
  return {
    code: 'field-without-effect',
    severity: 'warning',
    field,
    message: `\`${field}\` has no effect: ${why}`,
    hint,
  }
}

/** Call options that need another option, which is missing. */
export function callWithoutEffect(values: Pick<CallValues, 'timeout' | 'cancels'>): readonly NoEffect[] {
  const isIdle = values.cancels !== 'nothing' && values.timeout === undefined
  return isIdle ? [noEffect('cancels', 'the call has no time-out', 'add a `timeout`, or remove `cancels`')] : []
}
