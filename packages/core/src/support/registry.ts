import type { Definition } from './definition.ts'
import { invariant } from './invariant.ts'

/** A family of definitions, by name: the only list of its members. */
export interface Registry<D extends Definition = Definition> {
  /** What one member is called in messages, for example `eviction policy`. */
  readonly family: string
  readonly members: readonly D[]
  readonly names: readonly string[]
  /** The member of this name or alias. */
  find(name: string): D | undefined
  /** The member of this name; only for names that the checker has already accepted. */
  get(name: string): D
}

/** Builds a family from its members; two members that answer to the same word are our mistake. */
export function registry<D extends Definition>(family: string, members: readonly D[]): Registry<D> {
  const byWord = new Map<string, D>()
  for (const member of members) {
    for (const word of [member.name, ...(member.aliases ?? [])]) {
      invariant(!byWord.has(word), `two members of the family "${family}" answer to "${word}"`)
      byWord.set(word, member)
    }
  }
  const find = (name: string) => byWord.get(name)
  return {
    family,
    members,
    names: members.map((member) => member.name),
    find,
    get(name) {
      const member = find(name)
      invariant(member !== undefined, `unknown ${family} "${name}" passed the check`)
      return member
    },
  }
}
