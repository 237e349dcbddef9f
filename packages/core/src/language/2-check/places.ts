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

/** `references` may still grow until something is asked for. */
export function placesIn(root: Node, references: readonly ReferenceUse[]): Places {
  const around = (path: string): Place => {
    const { place } = nearest(root, path).value
    return { ...place, path: path === '' ? place.path : path }
  }
  return {
    around,
    of(what) {
      if (typeof what !== 'string')
        return (
          references.find(({ reference }) => reference === what)?.place ?? { ...around(what.block), path: what.block }
        )
      const { key, value } = nearest(root, what)
      const isItself = value.kind === 'scalar' && value.place.path === what
      return { ...(isItself ? value.place : key), path: what }
    },
  }
}

function nearest(root: Node, path: string): Nearest {
  let found: Nearest = { key: root.place, value: root }
  const search = (node: Node, key: Place): void => {
    const own = node.place.path
    const isOnTheWay = own === '' || path === own || path.startsWith(`${own}.`)
    const isSection = own === 'blocks' || own === 'traffic'
    if (!isOnTheWay && !isSection) return
    if (isOnTheWay && own.length >= found.value.place.path.length) found = { key, value: node }
    if (node.kind === 'list') for (const item of node.items) search(item, item.place)
    if (node.kind === 'map') for (const entry of node.entries.values()) search(entry.value, entry.key)
  }
  search(root, root.place)
  return found
}
