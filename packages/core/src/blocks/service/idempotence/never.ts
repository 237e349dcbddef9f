import { idempotence } from './idempotence.ts'

export const never = idempotence({
  name: 'never',
  title: 'Not idempotent',
  summary:
    'Doing it twice has another effect than doing it once. Callers do not repeat it after a failure that may have done something, unless they say `failures: all`. The measure `duplicates` counts what was done twice.',
  source: 'RFC 9110, section 9.2.2 (POST)',
  goodFor: 'orders, payments, messages without a key that the receiver knows again',
  costs: 'after a time-out nobody knows whether it was done',
  effect: 'never',
  params: {},
  rememberedMs: () => 0,
})
