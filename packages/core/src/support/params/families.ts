import type { Definition } from '../definition.ts'
import type { Registry } from '../registry.ts'
import type { Param, Params } from './param.ts'

/** Called for every field of some definitions, and for those inside them. */
type FieldNameVisitor = (name: string, param: Param<unknown>) => void

/** Every family whose members can stand somewhere in these fields, and in theirs, in the order in which one meets them. */
export function familiesIn(
  owners: readonly Pick<Definition, 'params'>[],
  visit: FieldNameVisitor = () => undefined,
): readonly Registry[] {
  const found = new Set<Registry>()
  const lookInto = (params: Params): void =>
    Object.entries(params).forEach(([name, param]) => {
      visit(name, param)
      lookAt(param)
    })
  const lookAt = ({ facts = {} }: Param<unknown>): void => {
    const { family, of = [], fields = {} } = facts
    const registry = family?.()
    if (registry !== undefined && !found.has(registry)) {
      found.add(registry)
      for (const member of registry.members) lookInto(member.params)
    }
    of.forEach(lookAt)
    lookInto(fields)
  }
  for (const { params } of owners) lookInto(params)
  return [...found]
}

/** Of every record that may be written as a value alone: the field that the value gives, by the name of the record. */
export function mainFieldsIn(owners: readonly Pick<Definition, 'params'>[]): ReadonlyMap<string, string> {
  const mains = new Map<string, string>()
  familiesIn(owners, (name, { facts }) => {
    if (facts?.main !== undefined) mains.set(name, facts.main)
  })
  return mains
}

/** Of every step and fault whose name stands beside one of its fields: that field, and all of them. */
export function itemFieldsIn(owners: readonly Pick<Definition, 'params'>[], faults: Registry) {
  const families = new Set([faults])
  familiesIn(owners, (_, param) => {
    for (const one of [param, ...(param.facts?.of ?? [])]) {
      if (one.kind === 'steps' && one.facts?.family !== undefined) families.add(one.facts.family())
    }
  })
  const members = [...families].flatMap((family) => family.members)
  return new Map(
    members.flatMap(({ name, main, params }) =>
      main === undefined ? [] : [[name, { main, fields: new Set(Object.keys(params)) }] as const],
    ),
  )
}

/** The names by which a field may be written: its former name, and the one it has now. */
export interface FieldNames {
  /** By either name: the other ones. */
  readonly otherNames: ReadonlyMap<string, readonly string[]>
  readonly formerNames: ReadonlySet<string>
}

/** Returns the names of every field that has a former one. */
export function otherNamesIn(owners: readonly Pick<Definition, 'params'>[]): FieldNames {
  const others = new Map<string, Set<string>>()
  const formerNames = new Set<string>()
  const add = (word: string, other: string) => void others.set(word, (others.get(word) ?? new Set()).add(other))
  familiesIn(owners, (name, { formerly }) => {
    if (formerly === undefined) return
    formerNames.add(formerly)
    add(name, formerly)
    add(formerly, name)
  })
  return { otherNames: new Map([...others].map(([word, names]) => [word, [...names]])), formerNames }
}
