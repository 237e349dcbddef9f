import type { ChosenDistribution } from '../../support/distributions/distribution.ts'
import type { Chosen } from '../../support/params.ts'
import type { Edge } from '../block.ts'
import { stepsOf } from './endpoint.ts'
import type { ServiceValues } from './params.ts'
import { stepTypes } from './steps/index.ts'

/** Calls made by every endpoint. */
export function edgesOfEndpoints({ endpoints }: Pick<ServiceValues, 'endpoints'>): readonly Edge[] {
  return Object.entries(endpoints).flatMap(([operation, endpoint]) =>
    edgesOf(stepsOf(endpoint)).map((edge) => ({ ...edge, operation })),
  )
}

/** Calls made by one run of `list`. */
function edgesOf(list: readonly Chosen[]): readonly Edge[] {
  return list.flatMap((chosen) => stepTypes.get(chosen.name).calls?.(chosen.values, edgesOf) ?? [])
}

/** How large the answer of an endpoint is, if one of its steps says so: the first that does. */
export function answerSizeOf(list: readonly Chosen[]): ChosenDistribution | undefined {
  for (const { name, values } of list) {
    const type = stepTypes.get(name)
    const size = type.answerSize?.(values) ?? answerSizeOf((type.inside?.(values) ?? []).flat())
    if (size !== undefined) return size
  }
  return undefined
}
