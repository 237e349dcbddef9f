import type { Repeating } from '../../calls/repeating.ts'
import type { Holding } from '../../kernel/holding.ts'
import { hashName, hashPair } from '../../kernel/random.ts'
import type { Chosen, Reference } from '../../support/params.ts'
import type { Duplicates } from '../duplicates.ts'
import { countsDuplicates, type Endpoint, rememberedMsOf, stepsOf } from './endpoint.ts'
import { KeyedEndpoint } from './keyed-endpoint.ts'
import { stepTypes } from './steps/index.ts'
import type { Compiler, Op } from './steps/step.ts'

/** What the steps of all endpoints see alike. */
interface Surroundings extends Omit<Compiler, 'endpoint' | 'site' | 'sequence' | 'repeating' | 'holding' | 'within'> {
  readonly repeating: (to: Reference, endpoint: string) => Repeating
  /** Null where nothing matters that is done twice. */
  readonly duplicates: Duplicates | null
}

/**
 * Compiles the endpoints of a service.
 * @param end what every endpoint does last
 * @param hash of the service, from which the draws of its steps are keyed
 * @returns the first operation of each endpoint, in their order
 */
export function compileEndpoints(
  endpoints: Readonly<Record<string, Endpoint>>,
  end: Op,
  hash: number,
  surroundings: Surroundings,
): readonly Op[] {
  return Object.entries(endpoints).map(([endpoint, given]) => {
    let steps = 0
    const salt = hashPair(hash, hashName(endpoint))
    const within = (holding: Holding | null): Compiler => {
      const compiler: Compiler = {
        ...surroundings,
        endpoint,
        holding,
        within,
        repeating: (to) => surroundings.repeating(to, endpoint),
        site: () => hashPair(salt, steps++),
        sequence: (inner, next) => compiled(inner, compiler, next),
      }
      return compiler
    }
    return withIdempotence(given, end, surroundings, (last, holding) => within(holding).sequence(stepsOf(given), last))
  })
}

/** An endpoint that knows calls again, or counts those that were done before, if its service says that this matters. */
function withIdempotence(
  endpoint: Endpoint,
  end: Op,
  surroundings: Surroundings,
  steps: (last: Op, holding: Holding | null) => Op,
): Op {
  const { duplicates, simulation, program, block } = surroundings
  if (duplicates === null || !countsDuplicates(endpoint)) return steps(end, null)
  const last = counted(duplicates, end)
  const rememberedMs = rememberedMsOf(endpoint)
  if (rememberedMs === 0) return steps(last, null)
  const keyed = new KeyedEndpoint({ simulation, program, block, rememberedMs })
  return keyed.begin(steps(keyed.end(last), keyed), end)
}

/** Counts a visit as done that has come to the end of its endpoint. */
function counted(duplicates: Duplicates, end: Op): Op {
  return {
    run(visit) {
      duplicates.note(visit.operation, visit)
      return end
    },
  }
}

function compiled(list: readonly Chosen[], compiler: Compiler, next: Op): Op {
  return list.reduceRight((op, { name, values }) => stepTypes.get(name).compile(values, compiler, op), next)
}
