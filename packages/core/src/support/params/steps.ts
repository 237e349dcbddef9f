import type { Definition } from '../definition.ts'
import type { Registry } from '../registry.ts'
import { listWords } from '../suggest.ts'
import { type Chosen, didYouMeanMember, type Family, findMember, mainParam, meantMember, resolve } from './chosen.ts'
import { fieldsSchema, itemsOf } from './collections.ts'
import { nameOfFormer, readFields, requiredFields } from './fields.ts'
import { type Renewed, reportFormerForm } from './former.ts'
import { insideInherited, withInherited } from './inherited.ts'
import { childPath, describe, type Entry, fieldAt, type MapNode, type Node, type Notation, withPath } from './node.ts'
import type { Described, Param, ParamKind, Presence } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described, type JsonSchema, type SchemaScope } from './schema.ts'

export type StepInput = string | { readonly [step: string]: Notation }

/** What is done one after the other: `- compute: 2ms`, `- call: album.read`; a family may hold steps of itself. */
export const steps: ParamKind<{ readonly family: Family }, readonly Chosen[], readonly StepInput[] | StepInput> = (
  options: { readonly family: Family } & Described & Presence,
): Param<never, never> => {
  const family = () => resolve(options.family)
  return {
    ...presence(options),
    kind: 'steps',
    get expected() {
      return `a list of steps: ${listWords(family().names)}`
    },
    facts: { family },
    read(node, reading) {
      const chosen = itemsOf(node).map((item) => readKeyed(item, family(), reading))
      return (chosen.includes(undefined) ? undefined : chosen) as never
    },
    fits: (node) => (node.kind === 'list' ? 2 : node.kind === 'map' ? 1 : 0),
    schema(scope) {
      const step = scope.share(family().family, () => keyedSchema(family(), scope))
      return described({ anyOf: [{ type: 'array', items: step }, step] }, options.meaning)
    },
  }
}

/** A mapping in which one key is the name of the member, as in `{ crash: web.2, at: 120s, for: 30s }`. */
export function readKeyed(node: Node, family: Registry, reading: Reading): Chosen | undefined {
  if (node.kind === 'scalar' && !node.empty) {
    const instead = (word: string) => referenceRemedy(word, family)
    const member = findMember(node.text, node.place, family, reading, { instead })
    return member && finish(member, { kind: 'map', entries: new Map(), place: node.place }, reading)
  }
  if (node.kind !== 'map' || node.entries.size === 0) {
    const message = `${fieldAt(node.place)} must be a ${family.family}`
    const expected = `a mapping with one of the keys ${listWords(family.names)}`
    return complain(reading, node.place, { code: 'wrong-form', message, expected, found: describe(node) })
  }
  const named = memberKey(node, family, reading)
  if (named === undefined) return undefined
  const member = findMember(named.key, named.entry.key, family, reading)
  if (member === undefined || reportTwice(node, named, member, reading)) return undefined
  const renewed = flattened(node, named, member) ?? member.renewed?.(node)
  if (renewed !== undefined) return readKeyed(reportFormerForm(node, renewed, reading), family, reading)
  if (isMisplacedList(named.entry.value, member, reading)) return reportMisplacedList(named, member, reading)
  return finish(member, keyedFields(node, named, member), reading)
}

/** An item whose fields are all inside the value beside its name, with the main one there and the rest beside it. */
function flattened(node: MapNode, { key, entry }: NamedEntry, member: Definition): Renewed | undefined {
  const { main } = member
  const { value } = entry
  if (main === undefined || value.kind !== 'map' || fieldsOf(value, member) === undefined) return undefined
  const first = value.entries.get(main)
  if (first === undefined || [...value.entries.keys()].some((name) => !isField(name, member))) return undefined
  const inside = [...value.entries].flatMap(([name, one]): (readonly [string, Entry])[] => {
    const path = childPath(node.place.path, name)
    return name === main ? [] : [[name, { key: { ...one.key, path }, value: withPath(one.value, path) }]]
  })
  const entries = [...node.entries].flatMap(([name, one]): (readonly [string, Entry])[] =>
    name === key ? [[key, { key: one.key, value: withPath(first.value, one.key.path) }], ...inside] : [[name, one]],
  )
  const beside = inside.length === 0 ? '' : `, and \`${inside.map(([name]) => name).join('`, `')}\` beside it`
  return {
    node: { ...node, entries: new Map(entries) },
    change: `\`${main}\` of \`${key}\` is now written as its value${beside}`,
  }
}

/** Reports a field that stands both beside the name and in its mapping, of which only one could count. */
function reportTwice(node: MapNode, { key, entry }: NamedEntry, member: Definition, reading: Reading): boolean {
  const { value } = entry
  const main = mainParam(member)
  const isEmpty = value.kind === 'scalar' && value.empty
  const inside = fieldsOf(value, member) ?? new Set(main === undefined || isEmpty ? [] : [main])
  const twice = [...node.entries].find(([name]) => name !== key && inside.has(name))
  if (twice === undefined) return false
  const [name, second] = twice
  complain(reading, second.key, {
    code: 'conflicting-fields',
    message: `\`${name}\` is given twice: beside \`${key}\` and in its value`,
    hint: 'keep one of them',
  })
  return true
}

/** Names of the fields, if the value beside the name is the mapping of the parameters. */
function fieldsOf(value: Node, member: Definition): ReadonlySet<string> | undefined {
  if (value.kind !== 'map') return undefined
  const names = [...value.entries.keys()]
  return mainParam(member) === undefined || names.some((name) => isField(name, member)) ? new Set(names) : undefined
}

function finish(member: Definition, fields: MapNode, reading: Reading): Chosen | undefined {
  const { inherits, params } = member
  const whole =
    inherits === undefined ? fields : withInherited(fields, params, inherits, blockNamed(fields, member), reading)
  const values = readFields(whole, member, inherits === undefined ? reading : insideInherited(inherits, reading))
  return values === undefined ? undefined : { name: member.name, values }
}

/** The block that the main field of an item names. */
function blockNamed(fields: MapNode, member: Definition): string | undefined {
  const value = fields.entries.get(mainParam(member) ?? '')?.value
  return value?.kind === 'scalar' ? value.text.trim().split('.')[0] : undefined
}

interface NamedEntry {
  readonly key: string
  readonly entry: Entry
}

function memberKey(node: MapNode, family: Registry, reading: Reading): NamedEntry | undefined {
  const entries = [...node.entries].map(([key, entry]) => ({ key, entry }))
  const isParamOf = (owner: NamedEntry, key: string) => Object.hasOwn(family.find(owner.key)?.params ?? {}, key)
  const members = entries.filter(({ key }) => family.find(key) !== undefined)
  const main = members.filter((one) => !members.some((other) => other !== one && isParamOf(other, one.key)))
  const [first, second] = main.length === 0 ? members : main
  if (first === undefined) return reportNoMember(node, entries, family, reading)
  if (second === undefined) return first
  const message = `\`${first.key}\` and \`${second.key}\` are in one item`
  const hint = 'write each as an item of its own'
  return complain(reading, second.entry.key, {
    code: 'conflicting-fields',
    message,
    expected: `one ${family.family}`,
    hint,
  })
}

function reportNoMember(node: MapNode, entries: readonly NamedEntry[], family: Registry, reading: Reading): undefined {
  const remedyFor = (key: string) =>
    meantMember(key, family) ?? referenceRemedy(key, family) ?? didYouMeanMember(key, family)
  const near =
    entries.find(({ key }) => remedyFor(key) !== undefined) ?? (entries.length === 1 ? entries[0] : undefined)
  const expected = listWords(family.names)
  if (near === undefined) {
    return complain(reading, node.place, {
      code: 'unknown-name',
      message: `${fieldAt(node.place)} names no ${family.family}`,
      expected,
      hint: () => typeRemedy(node, family),
    })
  }
  const { key, entry } = near
  const message = `unknown ${family.family} \`${key}\``
  return complain(reading, entry.key, {
    code: 'unknown-name',
    message,
    expected,
    found: `\`${key}\``,
    hint: () => remedyFor(key),
  })
}

/** `{ type: crash, target: web }`: the name of the member is the key. */
function typeRemedy(node: MapNode, family: Registry): string | undefined {
  const type = node.entries.get('type')?.value
  const member = type?.kind === 'scalar' ? family.find(type.text) : undefined
  return member && `write \`${member.name}\` as the key: \`{ ${member.name}: … }\``
}

/** `db.read` in place of `call: db.read`. */
function referenceRemedy(key: string, family: Registry): string | undefined {
  const asks = family.find('call')
  return asks !== undefined && /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/.test(key) ? `write \`call: ${key}\`` : undefined
}

/** Whether a list is in the place of a main field that is no list. */
function isMisplacedList(value: Node, member: Definition, reading: Reading): boolean {
  const main = mainParam(member)
  return value.kind === 'list' && (main === undefined || member.params[main]?.fits(value, reading) === 0)
}

/** Reports the steps of a branch beside its name: `branch: [{ compute: 2ms }]`. */
function reportMisplacedList({ key, entry }: NamedEntry, member: Definition, reading: Reading): undefined {
  const main = mainParam(member) ?? ''
  const fields = requiredFields(member.params).map((name) => `${name === main ? key : name}: …`)
  return complain(reading, entry.value.place, {
    code: 'wrong-form',
    message: `the value of \`${key}\` cannot be a list`,
    expected: member.params[main]?.expected ?? 'no value',
    found: describe(entry.value),
    hint: `write \`{ ${fields.join(', ')} }\``,
  })
}

/** The value beside the name is the mapping of the parameters, or the main one of them. */
function keyedFields(node: MapNode, { key, entry }: NamedEntry, member: Definition): MapNode {
  const others = [...node.entries].filter(([name]) => name !== key)
  const { value } = entry
  const main = mainParam(member)
  if (value.kind === 'map' && fieldsOf(value, member) !== undefined)
    return { ...value, entries: new Map([...value.entries, ...others]) }
  const place = { ...entry.key, path: others.length === 0 ? childPath(node.place.path, key) : node.place.path }
  if (value.kind === 'scalar' && value.empty) return { kind: 'map', entries: new Map(others), place }
  return { kind: 'map', entries: new Map([[main ?? key, entry], ...others]), place }
}

function isField(name: string, member: Definition): boolean {
  return Object.hasOwn(member.params, name) || nameOfFormer(name, member.params) !== undefined
}

/** One item of a list whose items are named by one of their keys. */
export function keyedSchema(family: Registry, scope: SchemaScope): JsonSchema {
  const forms = family.members.flatMap((member) =>
    [member.name, ...(member.aliases ?? [])].map((word) => keyedForm(word, member, scope)),
  )
  const bare = family.members.filter(({ params }) => requiredFields(params).length === 0).map(({ name }) => name)
  return { anyOf: [...forms, ...(bare.length === 0 ? [] : [{ type: 'string', enum: bare }])] }
}

function keyedForm(word: string, member: Definition, scope: SchemaScope): JsonSchema {
  const main = mainParam(member)
  const { required: _, ...own } = fieldsSchema(member.params, scope)
  const nested: JsonSchema = { ...own, description: member.summary }
  const param = main === undefined ? undefined : member.params[main]
  const value = param === undefined ? [nested, { type: 'null' }] : [param.schema(scope), nested]
  const properties = own.properties as Readonly<Record<string, JsonSchema>>
  return { ...own, title: member.title, properties: { ...properties, [word]: { anyOf: value } }, required: [word] }
}
