import { run } from '../before-run/run-params.ts'
import { blocks } from '../blocks/index.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { faults } from '../faults/index.ts'
import { place } from '../network/place.ts'
import type { Definition } from '../support/definition.ts'
import { optionalFields } from '../support/params/inherited.ts'
import type { Param, Params } from '../support/params/param.ts'
import { familiesIn } from '../support/params.ts'
import type { Registry } from '../support/registry.ts'
import { source } from '../workloads/source.ts'

/** What has fields in which members of families can stand. */
const owners: readonly Definition[] = [source, ...blocks.members, ...faults.members, run, place]

/** Every family of policies, distributions and steps, as one meets them in a design. */
export const families: readonly Registry[] = familiesIn(owners)

export interface Owned {
  /** The path of the field, from the definition that has it: `cache.eviction`. */
  readonly at: string
  readonly param: Param<unknown>
}

/** Sections of a design whose entries have the fields of a definition. */
const sections: ReadonlyMap<Definition, string> = new Map<Definition, string>([
  [source, 'traffic'],
  [place, 'places'],
])

/** The fields that a design can write in a definition: those that all its kind share are written elsewhere. */
export function writableFields({ params, inherits }: Definition): Params {
  const shared = inherits?.shared ?? {}
  return Object.fromEntries(Object.entries(params).filter(([name]) => !Object.hasOwn(shared, name)))
}

/** Every field of every definition, and those of `defaults` for all calls and all requests. */
export const allFields: readonly Owned[] = [
  ...[...owners, ...families.flatMap((family) => family.members)].flatMap((owner) =>
    fieldsWithin(writableFields(owner), sections.get(owner) ?? owner.name),
  ),
  ...Object.entries(catalogue.inherited ?? {}).flatMap(([word, params]) =>
    fieldsWithin(optionalFields(params), `defaults.${word}`),
  ),
]

function fieldsWithin(params: Params, owner: string): readonly Owned[] {
  return Object.entries(params).flatMap(([name, param]) => {
    const at = `${owner}.${name}`
    const inside = [param.facts?.fields, ...(param.facts?.of ?? []).map((one) => one.facts?.fields)]
    return [{ at, param }, ...inside.flatMap((fields) => (fields === undefined ? [] : fieldsWithin(fields, at)))]
  })
}
