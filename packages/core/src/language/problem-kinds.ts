import type { Definition } from '../support/definition.ts'
import { type ProblemKind, problemKinds } from '../support/problem.ts'
import type { Catalogue } from './catalogue.ts'

/** Every mistake that can be reported for a design of this catalogue: what `explain` and the reference pages list. */
export function problemKindsOf(catalogue: Catalogue): readonly ProblemKind[] {
  const definitions: readonly Definition[] = [
    ...catalogue.blocks.members,
    ...catalogue.faults.members,
    catalogue.traffic,
    catalogue.run,
  ]
  return [...problemKinds, ...(catalogue.problems ?? []), ...definitions.flatMap(({ problems = [] }) => problems)]
}
