import type { Node } from '../../support/params/node.ts'
import type { ReferenceUse } from '../../support/params/reading.ts'
import type { Reference } from '../../support/params/reference.ts'
import type { Place } from '../../support/problem.ts'

/** Where the parts of a design stand in its text. */
export interface Places {
  /** Where the field of this path stands, or the nearest thing around it. */
  around(path: string): Place
  /** Where this is written; for a part, its name; for what no one wrote, the name of the nearest thing around it. */
  of(what: string | Reference): Place
}

interface Nearest {
  /** Of the key; of the value where there is none, as for items of lists. */
  readonly key: Place
  readonly value: Node
}

/** `references` may still grow until something is requested. */
export function placesIn(root: Node, references: readonly ReferenceUse[]): Places {
  let byPath: ReadonlyMap<string, Nearest> | undefined
  let byReference: ReadonlyMap<Reference, Place> | undefined
  const nearest = (path: string): Nearest => {
    byPath ??= partsByPath(root)
    return nearestOf(path, byPath) ?? { key: root.place, value: root }
  }
  const placeOf = (reference: Reference): Place | undefined => {
    byReference ??= new Map(references.map((use) => [use.reference, use.place]))
    return byReference.get(reference)
  }
  const around = (path: string): Place => {
    const { place } = nearest(path).value
    return { ...place, path: path === '' ? place.path : path }
  }
  return {
    around,
    of(what) {
      if (typeof what !== 'string') return placeOf(what) ?? { ...around(what.block), path: what.block }
      const { key, value } = nearest(what)
      const isItself = value.kind === 'scalar' && value.place.path === what
      return { ...(isItself ? value.place : key), path: what }
    },
  }
}

/** Every part under its path; of several under one path the last counts. */
function partsByPath(root: Node): ReadonlyMap<string, Nearest> {
  const parts = new Map<string, Nearest>()
  const collect = (node: Node, key: Place): void => {
    parts.set(node.place.path, { key, value: node })
    if (node.kind === 'list') for (const item of node.items) collect(item, item.place)
    if (node.kind === 'map') for (const entry of node.entries.values()) collect(entry.value, entry.key)
  }
  collect(root, root.place)
  return parts
}

/** The part of this path, or of the longest path around it. */
function nearestOf(path: string, parts: ReadonlyMap<string, Nearest>): Nearest | undefined {
  for (let own = path; own !== ''; own = own.slice(0, Math.max(0, own.lastIndexOf('.')))) {
    const found = parts.get(own)
    if (found !== undefined) return found
  }
  return parts.get('')
}
