import type { ChosenDistribution } from '../../support/distributions/distribution.ts'
import { distributions } from '../../support/distributions/index.ts'
import type { KOfN } from '../../support/params/k-of-n.ts'
import { distribution, kOfN, record } from '../../support/params.ts'

/** An operation: its work alone, or with the objects of its result. */
export type Operation = ChosenDistribution | { readonly work: ChosenDistribution; readonly objects: KOfN | undefined }

const objects = kOfN({
  meaning:
    'the result is made of so many objects out of so many, keys 1 to this, such as a query; the same key always requests the same objects. Without it, of the object of the key',
  maxK: 1000,
  maxN: 1e9,
  optional: true,
})

/** The forms of an operation whose work has a default, or has to be given. */
export function operationForms(meaning: string, usual?: string) {
  const work = { meaning, dimension: 'duration', family: distributions } as const
  const alone = distribution(work)
  const first = usual === undefined ? alone : distribution({ ...work, default: usual })
  const several = record({ meaning, fields: { work: first, objects } })
  return [alone, several] as const
}

/** Work of an operation. */
export function workOf(operation: Operation): ChosenDistribution {
  return 'work' in operation ? operation.work : operation
}

/** Of how many objects the result of an operation is made, out of how many; null where it is one object. */
export function objectsOf(operation: Operation): KOfN | null {
  return 'work' in operation ? (operation.objects ?? null) : null
}
