import type { Definition } from '../definition.ts'
import type { Registry } from '../registry.ts'
import type { Param, Params } from './param.ts'

/** Every family whose members can stand somewhere in these fields, and in theirs, in the order in which one meets them. */
export function familiesIn(owners: readonly Pick<Definition, 'params'>[]): readonly Registry[] {
  const found = new Set<Registry>()
  const lookInto = (params: Params): void => Object.values(params).forEach(lookAt)
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
