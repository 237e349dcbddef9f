import { idempotence } from './idempotence.ts'

export const always = idempotence({
  name: 'always',
  title: 'Idempotent by nature',
  summary: 'Doing it twice has the effect of doing it once: callers may repeat it after every failure.',
  source: 'RFC 9110, section 9.2.2 (GET, PUT, DELETE)',
  goodFor: 'reads; writes that set a value, such as an upsert by primary key',
  costs: 'the work itself is done again',
  effect: 'always',
  params: {},
  rememberedMs: () => 0,
})
