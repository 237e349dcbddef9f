import { evictions } from '../blocks/cache/eviction/index.ts'
import { type Capacity, capacity } from '../blocks/cache/shelf/capacity.ts'
import { type Chosen, type Param, policy } from '../support/params.ts'
import { traceFormats } from './formats/index.ts'

/** What one may ask of a trace beside a design, in the notation of one. */
export const choices: {
  readonly format: Param<Chosen>
  readonly policy: Param<Chosen>
  readonly capacity: Param<Capacity>
} = {
  format: policy({ meaning: 'format of the trace', family: () => traceFormats }),
  policy: policy({ meaning: 'eviction policy of the cache', family: () => evictions }),
  capacity,
}

export type { Capacity }
export const policyNames: readonly string[] = evictions.names
