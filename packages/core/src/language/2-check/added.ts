import type { MapNode, Node } from '../../support/params/node.ts'
import type { SubjectParts } from './subjects.ts'

const newPart = /^(?<section>traffic|blocks)\.(?<name>[^.]+)$/

/** The blocks and sources that a variant adds, as far as an objective names them: `{ blocks.copy: { type: cache, … } }`. */
export function addedIn(top: MapNode, variant: string, { sources, blocks }: SubjectParts): SubjectParts {
  const known = new Set([...sources, ...blocks].map(({ name }) => name))
  const found = [...entriesOf(top.entries.get('variants')?.value, variant)].flatMap(([path, { value }]) => {
    const { section, name } = newPart.exec(path)?.groups ?? {}
    return section === undefined || name === undefined || known.has(name) ? [] : [{ section, name, value }]
  })
  return {
    sources: found
      .filter(({ section }) => section === 'traffic')
      .map(({ name, value }) => ({ name, requests: [...entriesOf(value, 'requests').keys()] })),
    blocks: found
      .filter(({ section }) => section === 'blocks')
      .map(({ name }) => ({
        name,
        type: undefined,
        instances: Number.POSITIVE_INFINITY,
        measured: undefined,
        measuredOfCalls: undefined,
      })),
  }
}

function entriesOf(node: Node | undefined, name: string): MapNode['entries'] {
  const inside = node?.kind === 'map' ? node.entries.get(name)?.value : undefined
  return inside?.kind === 'map' ? inside.entries : new Map()
}
