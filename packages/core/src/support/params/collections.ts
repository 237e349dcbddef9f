import { requiredFields } from './fields.ts'
import { checkName, namePattern } from './names.ts'
import { describe, fieldAt, type Node } from './node.ts'
import type { Defaulted, Described, Optional, Param, Params, Presence, Required } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import type { ReferenceTarget } from './reference.ts'
import { described, type JsonSchema, patterned, type SchemaScope } from './schema.ts'

interface ListOptions<T, I> {
  readonly of: Param<T, I>
  /** The least and the greatest number of items. */
  readonly min?: number
  readonly max?: number
  /** Of more than `max` items: the remedy. */
  readonly remedyIfLonger?: string
  /** Whether a list of one may be written without its dash. */
  readonly single?: true
}

/** Several values of one kind. */
export function list<T, I>(
  options: ListOptions<T, I> & Described & Optional,
): Param<readonly T[] | undefined, readonly I[] | I | undefined>
export function list<T, I>(
  options: ListOptions<T, I> & Described & Defaulted,
): Param<readonly T[], readonly I[] | I | undefined>
export function list<T, I>(options: ListOptions<T, I> & Described & Required): Param<readonly T[], readonly I[] | I>
export function list(
  options: ListOptions<unknown, unknown> & Described & Presence,
): Param<readonly unknown[] | undefined> {
  const { of, min = 0, max = 10_000, single = false, remedyIfLonger } = options
  // Requested only when needed: a family of steps may contain itself.
  const expected = () => `a list; each item is ${of.expected}`
  return {
    ...presence(options),
    kind: 'list',
    get expected() {
      return expected()
    },
    facts: { of: [of], items: { min, max } },
    read(node, reading) {
      if (node.kind !== 'list' && !single) {
        const message = `${fieldAt(node.place)} must be a list`
        return complain(reading, node.place, {
          code: 'wrong-form',
          message,
          expected: expected(),
          found: describe(node),
        })
      }
      const items = itemsOf(node)
      if (items.length < min || items.length > max) {
        const bound = items.length < min ? `needs at least ${min}` : `takes at most ${max}`
        const message = `${fieldAt(node.place)} ${bound} items, not ${items.length}`
        return complain(reading, node.place, {
          code: 'wrong-form',
          message,
          expected: expected(),
          found: describe(node),
          hint: items.length > max ? remedyIfLonger : undefined,
        })
      }
      const values = items.map((item) => of.read(item, reading))
      return values.includes(undefined) ? undefined : values
    },
    fits: (node, reading) => (node.kind === 'list' ? 2 : single ? of.fits(node, reading) : 0),
    schema(scope) {
      const items = of.schema(scope)
      const several = { type: 'array', items, minItems: min, maxItems: max }
      return described(single ? { anyOf: [several, items] } : several, options.meaning)
    },
  }
}

/** The items of a list, or the one thing that stands in its place. */
export function itemsOf(node: Node): readonly Node[] {
  return node.kind === 'list' ? node.items : [node]
}

/** The JSON Schema of a mapping with these fields and, if given, others of another origin. */
export function fieldsSchema(
  params: Params,
  scope: SchemaScope,
  extra: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const own = Object.entries(params).flatMap(([name, param]) => {
    const schema = param.schema(scope)
    const { formerly } = param
    return formerly === undefined
      ? [[name, schema] as const]
      : ([
          [name, schema],
          [formerly, { ...schema, deprecated: true }],
        ] as const)
  })
  // A field under its former name is given, too.
  const required = requiredFields(params).filter((name) => params[name]?.formerly === undefined)
  return {
    type: 'object',
    properties: { ...extra, ...Object.fromEntries(own) },
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}

interface NamedOptions<T, I> {
  readonly of: Param<T, I>
  /** What the names are, for messages: `the name of a request`. */
  readonly names: string
  /** What the names refer to, if that must exist in the design. */
  readonly refersTo?: ReferenceTarget
}

/** A mapping from names that the user chooses to values of one kind. */
export function named<T, I>(
  options: NamedOptions<T, I> & Described & Optional,
): Param<Readonly<Record<string, T>> | undefined, Readonly<Record<string, I>> | undefined>
export function named<T, I>(
  options: NamedOptions<T, I> & Described & Defaulted,
): Param<Readonly<Record<string, T>>, Readonly<Record<string, I>> | undefined>
export function named<T, I>(
  options: NamedOptions<T, I> & Described & Required,
): Param<Readonly<Record<string, T>>, Readonly<Record<string, I>>>
export function named(
  options: NamedOptions<unknown, unknown> & Described & Presence,
): Param<Readonly<Record<string, unknown>> | undefined> {
  const { of, names, refersTo } = options
  // Requested only when needed: a family of steps may contain itself.
  const expected = () => `a mapping: each key is ${names}, each value is ${of.expected}`
  return {
    ...presence(options),
    kind: 'named',
    get expected() {
      return expected()
    },
    facts: { of: [of], ...(refersTo === undefined ? {} : { target: refersTo }) },
    read(node, reading) {
      const values = readNamed(node, of, expected(), reading)
      if (refersTo === undefined || node.kind !== 'map') return values
      for (const [block, { key }] of node.entries) reading.refer({ reference: { block }, to: refersTo, place: key })
      return values
    },
    fits: (node) => (node.kind === 'map' ? 1 : 0),
    schema: (scope) =>
      described(
        {
          type: 'object',
          propertyNames: patterned(namePattern, 'lower-case letters, digits and hyphens'),
          additionalProperties: of.schema(scope),
        },
        options.meaning,
      ),
  }
}

function readNamed(
  node: Node,
  of: Param<unknown>,
  expected: string,
  reading: Reading,
): Readonly<Record<string, unknown>> | undefined {
  if (node.kind !== 'map' || node.entries.size === 0) {
    const field = fieldAt(node.place)
    const message = node.kind === 'map' ? `${field} is empty` : `${field} must be a mapping`
    const last = node.place.path.slice(node.place.path.lastIndexOf('.') + 1)
    const hint = `write a name for each: \`${last}: { name: … }\``
    return complain(reading, node.place, { code: 'wrong-form', message, expected, found: describe(node), hint })
  }
  let isSound = true
  const values: [string, unknown][] = []
  for (const [key, entry] of node.entries) {
    const hasName = checkName(key, entry.key, reading)
    const value = of.read(entry.value, reading)
    if (!hasName || value === undefined) isSound = false
    else values.push([key, value])
  }
  // In name order: the order in which somebody wrote them down must not change a draw or a sum.
  return isSound ? Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1))) : undefined
}

type Either<O extends readonly Param<unknown>[]> = O[number] extends Param<infer T> ? T : never
type EitherInput<O extends readonly Param<unknown>[]> = O[number] extends Param<unknown, infer I> ? I : never
interface EitherOptions<O extends readonly Param<unknown>[]> {
  readonly of: O
}

/** One of several kinds, told apart by how the value is written, so that a mistake is reported once. */
export function either<const O extends readonly Param<unknown>[]>(
  options: EitherOptions<O> & Described & Optional,
): Param<Either<O> | undefined, EitherInput<O> | undefined>
export function either<const O extends readonly Param<unknown>[]>(
  options: EitherOptions<O> & Described & Defaulted,
): Param<Either<O>, EitherInput<O> | undefined>
export function either<const O extends readonly Param<unknown>[]>(
  options: EitherOptions<O> & Described & Required,
): Param<Either<O>, EitherInput<O>>
export function either(options: EitherOptions<readonly Param<unknown>[]> & Described & Presence): Param<unknown> {
  const { of } = options
  // Requested only when needed: a family of steps may contain itself.
  const expected = () => of.map((param) => param.expected).join(' or ')
  return {
    ...presence(options),
    kind: 'either',
    get expected() {
      return expected()
    },
    facts: { of },
    read(node, reading) {
      const [best, fit] = bestFit(of, node, reading)
      if (best === undefined) {
        const message = `${fieldAt(node.place)} cannot be ${describe(node)}`
        return complain(reading, node.place, {
          code: 'wrong-form',
          message,
          expected: expected(),
          found: describe(node),
          hint: `write ${of[0]?.expected ?? ''}`,
        })
      }
      if (fit === 2) return best.read(node, reading)
      const { path } = node.place
      return best.read(node, {
        ...reading,
        report: (problem) => reading.report(problem.path === path ? { ...problem, expected: expected() } : problem),
      })
    },
    fits: (node, reading) => bestFit(of, node, reading)[1],
    schema: (scope) => described({ anyOf: of.map((param) => param.schema(scope)) }, options.meaning),
  }
}

function bestFit(of: readonly Param<unknown>[], node: Node, reading: Reading): [Param<unknown> | undefined, 0 | 1 | 2] {
  let best: [Param<unknown> | undefined, 0 | 1 | 2] = [undefined, 0]
  for (const param of of) {
    const fit = param.fits(node, reading)
    if (fit > best[1]) best = [param, fit]
  }
  return best
}
