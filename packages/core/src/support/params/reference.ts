import { describe, type Node } from './node.ts'
import type { Described, Param, ParamKind, Presence } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described, patterned } from './schema.ts'
import { readText } from './words.ts'

/** A place named in a design: `web`, `web.2`, `album.read`, `photos.leader`, `photos.shard-2.leader`. */
export interface Reference {
  readonly block: string
  /** Operation or endpoint; undefined means "the one that has the name of the request". */
  readonly operation?: string
  /** Instance from 1. */
  readonly instance?: number
  /** A role such as `leader` or `shard-2.leader`: resolved when the event fires. */
  readonly role?: string
}

/**
 * What may be named: a block; a block, instance or role; such a part or a place; the same or a disk; a block, instance or operation, or a place; a
 * block or one operation of it; a source of traffic; such a source or a kind of its requests; a place.
 */
export type ReferenceTarget =
  | 'block'
  | 'instance'
  | 'part'
  | 'part-disk'
  | 'part-operation'
  | 'operation'
  | 'source'
  | 'traffic'
  | 'place'

export interface ReferenceOptions {
  readonly to: ReferenceTarget
  /** The types of block that fit. */
  readonly accepts?: readonly string[]
}

const forms: Readonly<Record<ReferenceTarget, string>> = {
  block: 'the name of a block',
  instance: 'a block, or one instance or role of it such as `web.2` or `photos.leader`',
  part: 'a block, one instance or role of it, or a place such as `web.2`, `photos.leader` or `eu-west.zone-1`',
  'part-disk': 'a block, one instance or its disk, or a place such as `web.2`, `db.disk` or `eu-west.zone-1`',
  'part-operation':
    'a block, one instance or operation of it, or a place such as `web.2`, `web.read` or `eu-west.zone-1`',
  operation: 'a block, or one operation of it such as `album.read`',
  source: 'the name of a source of traffic',
  traffic: 'a source of traffic, or one kind of its requests such as `phones.view`',
  place: 'a place, or one of its zones such as `eu-west.zone-1`',
}

const instancePattern =
  /^(?<block>[a-z][a-z0-9-]*)(?:\.(?:(?<instance>[1-9]\d{0,6})|(?<role>[a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*)))?$/

const patterns: Readonly<Record<ReferenceTarget, RegExp>> = {
  block: /^(?<block>[a-z][a-z0-9-]*)$/,
  instance: instancePattern,
  part: instancePattern,
  'part-disk': instancePattern,
  'part-operation':
    /^(?<block>[a-z][a-z0-9-]*)(?:\.(?<instance>[1-9]\d{0,6}))?(?:\.(?:(?<role>zone-[1-9]\d{0,2})|(?<operation>[a-z][a-z0-9-]*)))?$/,
  operation: /^(?<block>[a-z][a-z0-9-]*)(?:\.(?<operation>[a-z][a-z0-9-]*))?$/,
  source: /^(?<block>[a-z][a-z0-9-]*)$/,
  traffic: /^(?<block>[a-z][a-z0-9-]*)(?:\.(?<operation>[a-z][a-z0-9-]*))?$/,
  place: /^(?<block>[a-z][a-z0-9-]*)(?:\.(?<role>zone-[1-9]\d{0,2}))?$/,
}

/** The name of another part of the design; that it exists is checked when all parts are known. */
export const reference: ParamKind<ReferenceOptions, Reference, string> = (
  options: ReferenceOptions & Described & Presence,
): Param<never, never> => {
  const { to, accepts } = options
  return {
    ...presence(options),
    kind: 'reference',
    expected: accepts === undefined ? forms[to] : `${forms[to]} of type ${accepts.join(' or ')}`,
    facts: { target: to, ...(accepts === undefined ? {} : { accepts }) },
    read: (node, reading) => readReference(node, options, reading) as never,
    fits: (node) => (node.kind === 'scalar' && patterns[to].test(node.text) ? 1 : 0),
    schema: () =>
      described(
        { type: 'string', ...patterned(patterns[to].source.replace(/\?<\w+>/g, ''), forms[to]) },
        options.meaning,
      ),
  }
}

/** `web.0`: instances of a design are numbered from 1. */
function zeroInstance(text: string): string | undefined {
  const block = /^([a-z][a-z0-9-]{0,63})\.0$/.exec(text)?.[1]
  return block === undefined ? undefined : `write \`${block}.1\`: instances are numbered from 1`
}

function readReference(node: Node, { to, accepts }: ReferenceOptions, reading: Reading): Reference | undefined {
  const text = readText(node, forms[to], reading)
  if (text === undefined) return undefined
  const groups = text.length > 256 ? undefined : patterns[to].exec(text)?.groups
  if (groups?.block === undefined) {
    const message = `${describe(node)} is not ${forms[to].split(' such as')[0]}`
    return complain(reading, node.place, {
      code: 'malformed-name',
      message,
      expected: forms[to],
      found: describe(node),
      hint: zeroInstance(text),
    })
  }
  const found: Reference = {
    block: groups.block,
    ...(groups.operation === undefined ? {} : { operation: groups.operation }),
    ...(groups.instance === undefined ? {} : { instance: Number(groups.instance) }),
    ...(groups.role === undefined ? {} : { role: groups.role }),
  }
  reading.refer({ reference: found, to, place: node.place, ...(accepts === undefined ? {} : { accepts }) })
  return found
}
