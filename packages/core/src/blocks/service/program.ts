import { hashName, hashPair } from '../../kernel/random.ts'
import type { Chosen } from '../../support/params.ts'
import { stepTypes } from './steps/index.ts'
import type { Compiler, Op } from './steps/step.ts'

/** What the steps of all endpoints see alike. */
type Surroundings = Omit<Compiler, 'endpoint' | 'site' | 'sequence'>

/**
 * Compiles the endpoints of a service.
 * @param end what every endpoint does last
 * @param hash of the service, from which the draws of its steps are keyed
 * @returns the first operation of each endpoint, in their order
 */
export function compileEndpoints(
  endpoints: Readonly<Record<string, readonly Chosen[]>>,
  end: Op,
  hash: number,
  surroundings: Surroundings,
): readonly Op[] {
  return Object.entries(endpoints).map(([endpoint, list]) => {
    let steps = 0
    const salt = hashPair(hash, hashName(endpoint))
    const compiler: Compiler = {
      ...surroundings,
      endpoint,
      site: () => hashPair(salt, steps++),
      sequence: (inner, next) => compiled(inner, compiler, next),
    }
    return compiler.sequence(list, end)
  })
}

function compiled(list: readonly Chosen[], compiler: Compiler, next: Op): Op {
  return list.reduceRight((op, { name, values }) => stepTypes.get(name).compile(values, compiler, op), next)
}
