import type { Definition } from '../definition.ts'
import { amount } from '../params.ts'
import { registry } from '../registry.ts'

const constant = {
  name: 'constant',
  title: 'Constant',
  summary: 'Always the same value.',
  params: { value: amount({ meaning: 'The value.' }) },
} satisfies Definition

const exponential = {
  name: 'exponential',
  title: 'Exponential',
  summary: 'Memoryless: short values often, long ones rarely.',
  params: { mean: amount({ meaning: 'The mean.', above: 0 }) },
} satisfies Definition

const lognormal = {
  name: 'lognormal',
  title: 'Log-normal',
  summary: 'The logarithm is normal: the usual shape of service times and object sizes.',
  params: {
    p50: amount({ meaning: 'The median.', above: 0 }),
    p99: amount({ meaning: 'The value that one in a hundred exceeds.', above: 0 }),
  },
} satisfies Definition

/** Every law of chance. */
export const laws = registry<Definition>('law', [constant, exponential, lognormal])
