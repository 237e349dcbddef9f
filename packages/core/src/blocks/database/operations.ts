import type { ChosenDistribution } from '../../support/distributions/distribution.ts'
import { distributions } from '../../support/distributions/index.ts'
import type { KOfN } from '../../support/params/k-of-n.ts'
import { choice, distribution, kOfN, record } from '../../support/params.ts'

/** An operation: its work alone, or with the objects of its result. */
export type Operation =
  | ChosenDistribution
  | {
      readonly work: ChosenDistribution
      readonly objects?: KOfN | undefined
      readonly idempotent: 'always' | 'never' | undefined
    }

const objects = kOfN({
  meaning:
    'the result is made of so many objects out of so many, keys 1 to this, such as a query; the same key always requests the same objects. Without it, of the object of the key',
  maxK: 1000,
  maxN: 1e9,
  optional: true,
})

const idempotent = choice({
  meaning:
    'whether doing it twice has the effect of doing it once: a write that sets a value has, one that inserts or adds has not. Without it, `write` is not idempotent, since a caller cannot know that it is; all other operations only read, and are',
  words: ['always', 'never'],
  optional: true,
})

/** The forms of an operation whose work has a default, or has to be given. */
export function operationForms(meaning: string, usual?: string) {
  const work = { meaning, dimension: 'duration', family: distributions } as const
  const alone = distribution(work)
  const first = usual === undefined ? alone : distribution({ ...work, default: usual })
  const several = record({ meaning, fields: { work: first, objects, idempotent } })
  return [alone, several] as const
}

/** The forms of the operation that writes. */
export function writeForms(meaning: string, usual: string) {
  const work = { meaning, dimension: 'duration', family: distributions } as const
  const whole = record({ meaning, fields: { work: distribution({ ...work, default: usual }), idempotent } })
  return [distribution(work), whole] as const
}

/** Whether doing an operation twice has the effect of doing it once, if the design says. */
export function idempotenceOf(operation: Operation | undefined): 'always' | 'never' | undefined {
  return operation !== undefined && 'work' in operation ? operation.idempotent : undefined
}

/** Work of an operation. */
export function workOf(operation: Operation): ChosenDistribution {
  return 'work' in operation ? operation.work : operation
}

/** Of how many objects the result of an operation is made, out of how many; null where it is one object. */
export function objectsOf(operation: Operation): KOfN | null {
  return 'work' in operation ? (operation.objects ?? null) : null
}
