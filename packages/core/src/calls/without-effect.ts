import type { CallingValues } from './params.ts'

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

/** Fields of a calling that belong to others which are not given. */
export function callingWithoutEffect(values: Pick<CallingValues, 'timeout' | 'cancels'>): readonly NoEffect[] {
  const isIdle = values.cancels !== 'nothing' && values.timeout === undefined
  return isIdle ? [noEffect('cancels', 'the call has no time-out', 'add a `timeout`, or remove `cancels`')] : []
}
