import { plainText, type Renewed } from '../../support/params/former.ts'
import { childPath, type Entry, isNone, type MapNode, type Node, withPath } from '../../support/params/node.ts'

type Entries = readonly (readonly [name: string, entry: Entry])[]

/**
 * A database in today's form: `results: { list: { objects: 10, of: 2000 } }` is in the operation now, as in
 * `operations: { list: { work: 10ms, objects: 10 of 2000 } }`, and `buffer: { disk: 5ms }` is `disk: 5ms`.
 */
export function renewedDatabase(node: MapNode): Renewed | undefined {
  const first = renewedResults(node)
  const second = renewedDisk(first?.node ?? node)
  if (first === undefined || second === undefined) return first ?? second
  return { node: second.node, change: `${first.change}, and ${second.change}` }
}

function renewedResults(node: MapNode): Renewed | undefined {
  const results = node.entries.get('results')?.value
  if (results?.kind !== 'map') return undefined
  let entries: Entries = [...node.entries]
  for (const [name, { key, value }] of results.entries) {
    const objects = objectsIn(value)
    if (objects === undefined) return undefined
    const path = childPath(node.place.path, name === 'read' ? name : `operations.${name}`)
    const owner = name === 'read' ? entries : entriesIn(entries, 'operations')
    const own = owner.find(([one]) => one === name)?.[1]
    if (own === undefined && name !== 'read') return undefined
    const entry = { key: own?.key ?? key, value: withObjects(own?.value, objects, path) }
    const changed = own === undefined ? [...owner, [name, entry] as const] : replaced(owner, name, entry)
    entries = name === 'read' ? changed : withEntriesIn(entries, 'operations', changed)
  }
  return {
    node: { ...node, entries: new Map(entries.filter(([name]) => name !== 'results')) },
    change: '`results` of a database are now `objects` of an operation',
  }
}

function renewedDisk(node: MapNode): Renewed | undefined {
  const entries: Entries = [...node.entries]
  const inside = entriesIn(entries, 'buffer')
  const disk = inside.find(([name]) => name === 'disk')
  const beside = node.entries.get('disk')
  if (disk === undefined || (beside !== undefined && !isNone(beside.value))) return undefined
  const buffer = inside.filter((entry) => entry !== disk)
  // A variant may have taken away the one beside the pool, and only that one is to be complained of.
  const moved = beside === undefined ? [disk] : []
  return {
    node: { ...node, entries: new Map([...withEntriesIn(entries, 'buffer', buffer), ...moved]) },
    change: '`disk` of a buffer pool is now beside it',
  }
}

function objectsIn(value: Node): Node | undefined {
  if (value.kind !== 'map') return undefined
  const [objects, of] = ['objects', 'of'].map((name) => value.entries.get(name)?.value)
  return objects?.kind === 'scalar' && of?.kind === 'scalar'
    ? plainText(`${objects.text} of ${of.text}`, objects)
    : undefined
}

function withObjects(work: Node | undefined, objects: Node, path: string): MapNode {
  const fields = { ...(work === undefined ? {} : { work }), objects }
  const entries = Object.entries(fields).map(([name, node]): [string, Entry] => {
    const value = withPath(node, childPath(path, name))
    return [name, { key: value.place, value }]
  })
  return { kind: 'map', entries: new Map(entries), place: { ...objects.place, path } }
}

function entriesIn(entries: Entries, name: string): Entries {
  const value = entries.find(([one]) => one === name)?.[1].value
  return value?.kind === 'map' ? [...value.entries] : []
}

function withEntriesIn(entries: Entries, name: string, inside: Entries): Entries {
  return entries.map(([one, entry]) => {
    if (one !== name || entry.value.kind !== 'map') return [one, entry] as const
    const { place } = entry.value
    return [one, { key: entry.key, value: { kind: 'map', entries: new Map(inside), place } }] as const
  })
}

function replaced(entries: Entries, name: string, entry: Entry): Entries {
  return entries.map(([one, own]) => [one, one === name ? entry : own] as const)
}
