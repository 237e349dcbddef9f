import { childPath, type Entry, type MapNode, type Node, withPath } from './node.ts'
import { complain, type Reading } from './reading.ts'

/** A mapping in today's form, made of one in a former form, and what has changed, in one sentence without its full stop. */
export interface Renewed {
  readonly node: MapNode
  readonly change: string
}

/** Warns of a former form and notes how `check --fix` rewrites it. @returns the mapping in today's form */
export function reportFormerForm(before: MapNode, { node: after, change }: Renewed, reading: Reading): MapNode {
  complain(reading, before.place, {
    code: 'former-form',
    severity: 'warning',
    message: change,
    hint: 'run `loadpath check --fix` to rewrite it',
  })
  reading.rewrite({ place: before.place, before, after })
  return after
}

/** A mapping in which some fields have another name and value, each at the place of the old one. */
export function withFields(
  node: MapNode,
  newer: Readonly<Record<string, readonly [name: string, value: Node]>>,
): MapNode {
  const entries = [...node.entries].map(([key, entry]): [string, Entry] => {
    if (!Object.hasOwn(newer, key)) return [key, entry]
    const [name, value] = newer[key] as readonly [string, Node]
    const path = childPath(node.place.path, name)
    return [name, { key: { ...entry.key, path }, value: withPath(value, path) }]
  })
  return { ...node, entries: new Map(entries) }
}

/** A value that nobody wrote, at the place of another. */
export function plainText(text: string, at: Node): Node {
  return { kind: 'scalar', text, empty: false, place: at.place }
}
