import type { Definition } from '../support/definition.ts'
import { familiesIn } from '../support/params/families.ts'
import { type ProblemKind, problemKinds } from '../support/problem.ts'
import type { Catalogue } from './catalogue.ts'

/** Every mistake that can be reported for a design of this catalogue: what `explain` and the reference pages list. */
export function problemKindsOf(catalogue: Catalogue): readonly ProblemKind[] {
  const { blocks, faults, traffic, run, rules } = catalogue
  const owners: readonly Definition[] = [...blocks.members, ...faults.members, ...(rules?.members ?? []), traffic, run]
  const members = [...owners, ...familiesIn(owners).flatMap((family) => family.members)]
  const own = new Set(members.flatMap(({ problems = [] }) => problems))
  return [...problemKinds, ...(catalogue.problems ?? []), ...own]
}
