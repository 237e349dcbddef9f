import { longPolicy } from './chosen.ts'
import { type Entry, isNone, type MapNode, mappingOf, type Node } from './node.ts'
import type { Param, Params } from './param.ts'
import { complain, type Reading } from './reading.ts'

/** Of a mapping that takes what it does not write from others of the design. */
export interface Inheriting {
  /** What the others say it for: `call`. */
  readonly from: string
  /** Fields that only the others may write, for it has a memory that they share. */
  readonly shared?: Params
  /** Fields with items that inherit in turn: inside one of the mapping, these fields are not inherited once more. */
  readonly once?: readonly string[]
}

/** What the items inside a mapping inherit. */
export function insideInherited({ from, once = [] }: Inheriting, reading: Reading): Reading {
  if (once.length === 0) return reading
  const without = (base: MapNode): MapNode => {
    return { ...base, entries: new Map([...base.entries].filter(([name]) => !once.includes(name))) }
  }
  return {
    ...reading,
    inherited: (word, target) => {
      const bases = reading.inherited(word, target)
      return word === from ? bases.map(without) : bases
    },
  }
}

/** The mapping with all that it inherits: a record field by field, anything else as a whole. */
export function withInherited(
  written: MapNode,
  params: Params,
  { from, shared = {} }: Inheriting,
  target: string | undefined,
  reading: Reading,
): MapNode {
  for (const [name, { key }] of written.entries) {
    if (!Object.hasOwn(shared, name)) continue
    complain(reading, key, {
      code: 'conflicting-fields',
      message: `\`${name}\` cannot be said of one call: all calls to a block share it`,
      hint: `write it in the block: \`calls: { ${target ?? 'db'}: { ${name}: … } }\``,
    })
  }
  const bases = reading.inherited(from, target)
  return bases.reduce((node, base) => filledFrom(node, base, params), written)
}

/**
 * The mapping with what another says of the same fields, where it says nothing itself.
 * @param others keys besides the fields that are taken over as a whole
 */
export function filledFrom(
  node: MapNode,
  base: MapNode | undefined,
  params: Params,
  others: readonly string[] = [],
): MapNode {
  if (base === undefined) return node
  const entries = new Map(node.entries)
  for (const [name, entry] of base.entries) {
    const own = entries.get(name)
    const param = params[name]
    if (param === undefined && !others.includes(name)) continue
    if (own === undefined) entries.set(name, entry)
    else if (param !== undefined) entries.set(name, combinedEntry(own, entry, param))
  }
  return { ...node, entries }
}

/** The same fields, each of which may be left out: of a mapping from which others inherit. */
export function optionalFields(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, param]) => {
      const { default: _default, source: _source, ...rest } = param
      return [name, { ...rest, optional: true as const }]
    }),
  )
}

/** A record takes from the other what it does not say; a policy without a name refines the other. */
function combinedEntry(own: Entry, base: Entry, param: Param<unknown>): Entry {
  if (isNone(own.value) || isNone(base.value)) return own
  const { fields, main, family } = param.facts ?? {}
  if (fields !== undefined) {
    const [mine, other] = [own.value, base.value].map((value) => longForm(value, main))
    return mine === undefined || other === undefined ? own : { ...own, value: filledFrom(mine, other, fields) }
  }
  const isRefinement = family !== undefined && own.value.kind === 'map' && !own.value.entries.has('type')
  if (!isRefinement) return own
  const other = longPolicy(base.value, family())
  const chosen = other?.entries.get('type')?.value
  const member = chosen?.kind === 'scalar' ? family().find(chosen.text.trim()) : undefined
  return other === undefined || member === undefined
    ? own
    : { ...own, value: filledFrom(own.value as MapNode, other, member.params, ['type']) }
}

function longForm(value: Node, main: string | undefined): MapNode | undefined {
  if (value.kind === 'map') return value
  return main === undefined || value.kind === 'list' ? undefined : mappingOf(value, main)
}
