import { type Chosen, either, policy, record, steps } from '../../support/params.ts'
import type { Registry } from '../../support/registry.ts'
import { idempotences } from './idempotence/index.ts'
import { stepTypes } from './steps/index.ts'

const body = { meaning: 'what is done, step by step', family: (): Registry => stepTypes }

/** An endpoint: its steps alone, or with what is said of it. */
export const endpointParam = either({
  meaning: body.meaning,
  of: [
    steps(body),
    record({
      meaning: 'an endpoint with what is said of it',
      fields: {
        idempotent: policy({
          meaning:
            'whether doing it twice has the effect of doing it once. Without it, that follows from its steps: an endpoint that writes nothing and publishes nothing, nor calls one that does, is idempotent; any other is not',
          family: idempotences,
          optional: true,
        }),
        do: steps(body),
      },
      misnomers: { steps: 'write `do`', idempotency: 'write `idempotent: by-key`' },
    }),
  ],
})

export type Endpoint = readonly Chosen[] | { readonly idempotent: Chosen | undefined; readonly do: readonly Chosen[] }

/** What an endpoint does. */
export function stepsOf(endpoint: Endpoint): readonly Chosen[] {
  return 'do' in endpoint ? endpoint.do : endpoint
}

/** What is said of doing an endpoint twice. */
export function idempotentOf(endpoint: Endpoint): Chosen | undefined {
  return 'do' in endpoint ? endpoint.idempotent : undefined
}

/** How long an endpoint remembers the keys of calls that were done, ms; 0 if it knows none. */
export function rememberedMsOf(endpoint: Endpoint): number {
  const idempotent = idempotentOf(endpoint)
  return idempotent === undefined ? 0 : idempotences.get(idempotent.name).rememberedMs(idempotent.values)
}

/** Whether a service says of an endpoint that doing it twice is not doing it once. */
export function countsDuplicates(endpoint: Endpoint): boolean {
  const idempotent = idempotentOf(endpoint)
  return idempotent !== undefined && idempotences.get(idempotent.name).effect !== 'always'
}
