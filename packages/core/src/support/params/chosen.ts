import type { Definition } from '../definition.ts'
import type { Registry } from '../registry.ts'
import { listWords, nearest } from '../suggest.ts'
import { fieldsSchema } from './collections.ts'
import { type FieldOwner, readFields, reportRenamedField, requiredFields } from './fields.ts'
import { describe, type Entry, fieldAt, type MapNode, type Node, type Notation, type ScalarNode } from './node.ts'
import type { Described, Param, ParamKind, Presence } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described, type JsonSchema, patterned, type SchemaScope } from './schema.ts'
import { readText, reportOlderWord } from './words.ts'

/** A member of a family chosen in a design, with its own parameters: plain data. */
export interface Chosen {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

/** A choice as one writes it in a design built in TypeScript. */
export type ChosenInput = string | { readonly [field: string]: Notation }

export type Family = Registry | (() => Registry)

export interface PolicyOptions {
  readonly family: Family
  /** The key of the mapping form that holds the name. */
  readonly key?: string
}

/** A member of a family: `lru`, `zipf 0.9 over 5M`, or `{ type: spike, factor: 3 }`. */
export const policy: ParamKind<PolicyOptions, Chosen, ChosenInput> = (
  options: PolicyOptions & Described & Presence,
): Param<never, never> => {
  const { key = 'type' } = options
  const family = () => resolve(options.family)
  const article = () => `${/^[aeiou]/.test(family().family) ? 'an' : 'a'} ${family().family}`
  return {
    ...presence(options),
    kind: 'policy',
    get expected() {
      return `${article()}: ${listWords(family().names)}`
    },
    facts: { family },
    read: (node, reading) => readChosen(node, { family: family(), key, expected: article() }, reading) as never,
    fits(node) {
      if (node.kind === 'list') return 0
      if (node.kind === 'map') return node.entries.has(key) ? 2 : 1
      const word = firstWord(node.text)
      return family().find(word) !== undefined ? 2 : /^[a-z]/i.test(word) ? 1 : 0
    },
    schema: (scope) =>
      described(
        scope.share(`${family().family}-by-${key}`, () => chosenSchema(family(), key, undefined, scope)),
        options.meaning,
      ),
  }
}

export function resolve(family: Family): Registry {
  return typeof family === 'function' ? family() : family
}

export interface ChosenForm {
  readonly family: Registry
  readonly key: string
  /** What the key was called before; `check --fix` rewrites it. */
  readonly olderKey?: string
  readonly expected: string
  /** The member that a mapping without the key means. */
  readonly usual?: string
  /** A value without a member: the remedy for a word that is none. */
  readonly plain?: string
}

export function readChosen(node: Node, form: ChosenForm, reading: Reading): Chosen | undefined {
  if (node.kind === 'scalar') return readShort(node, form, reading)
  const { family, key, olderKey, expected, usual } = form
  if (node.kind === 'list') {
    const message = `${fieldAt(node.place)} must be ${expected}`
    return complain(reading, node.place, {
      code: 'wrong-form',
      message,
      expected: listWords(family.names),
      found: describe(node),
    })
  }
  const entry = node.entries.get(key) ?? olderEntry(node, form, reading)
  if (entry === undefined && usual === undefined) {
    return complain(reading, node.place, {
      code: 'missing-field',
      message: `${fieldAt(node.place)} has no \`${key}\``,
      expected: `\`${key}\`: ${listWords(family.names)}`,
      hint: `add \`${key}\`, the name of ${expected}`,
    })
  }
  const member = entry === undefined ? family.get(usual ?? '') : readMember(entry.value, family, reading)
  if (member === undefined) return undefined
  const values = readFields(node, member, reading, olderKey === undefined ? [key] : [key, olderKey])
  return values === undefined ? undefined : { name: member.name, values }
}

/** The entry under the older key, which is reported and noted for `check --fix`. */
function olderEntry(node: MapNode, { key, olderKey }: ChosenForm, reading: Reading): Entry | undefined {
  const entry = olderKey === undefined ? undefined : node.entries.get(olderKey)
  if (entry !== undefined && olderKey !== undefined) reportRenamedField(entry.key, olderKey, key, reading)
  return entry
}

/** How an unknown member is reported. */
interface MemberWords {
  /** What a member is called, if not by the name of the family. */
  readonly called?: string
  /** The remedy for a word, if there is one. */
  readonly instead?: (word: string) => string | undefined
  /** The remedy if nothing is near. */
  readonly otherwise?: string | undefined
}

/** The member that a scalar names. */
export function readMember(
  node: Node,
  family: Registry,
  reading: Reading,
  words?: MemberWords,
): Definition | undefined {
  const word = readText(node, listWords(family.names), reading)
  return word === undefined ? undefined : findMember(word, node.place, family, reading, words)
}

/** The remedy for a word that people write for a member. */
export function meantMember(word: string, family: Registry): string | undefined {
  const another = family.members.find(({ insteadOf = {} }) => Object.hasOwn(insteadOf, word))
  if (another !== undefined) return another.insteadOf?.[word]
  const meant = family.members.find(({ mistakenFor = [] }) => mistakenFor.includes(word))
  return meant === undefined ? undefined : `write \`${meant.name}\``
}

/** `did you mean `x`?` with the name of the member of which a name or alias is near. */
export function didYouMeanMember(word: string, family: Registry): string | undefined {
  const near = nearest(
    word,
    family.members.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  )
  const name = near === undefined ? undefined : family.find(near)?.name
  return name === undefined ? undefined : `did you mean \`${name}\`?`
}

/** The member of this name or alias; an unknown one is reported, an older one noted for `check --fix`. */
export function findMember(
  word: string,
  place: Node['place'],
  family: Registry,
  reading: Reading,
  { called = family.family, instead, otherwise }: MemberWords = {},
): Definition | undefined {
  const member = family.find(word)
  if (member === undefined) {
    const message = `unknown ${called} \`${word}\``
    const expected = listWords(family.names)
    return complain(reading, place, {
      code: 'unknown-name',
      message,
      expected,
      found: `\`${word}\``,
      hint: () => instead?.(word) ?? meantMember(word, family) ?? didYouMeanMember(word, family) ?? otherwise,
    })
  }
  if (member.name !== word) reportOlderWord(place, word, member.name, reading)
  return member
}

function readShort(
  node: ScalarNode,
  { family, key, expected, plain }: ChosenForm,
  reading: Reading,
): Chosen | undefined {
  const text = readText(node, `${expected}: ${listWords(family.names)}`, reading)
  if (text === undefined) return undefined
  const word = firstWord(text)
  const member = findMember(word, node.place, family, reading, { otherwise: plain })
  if (member === undefined) return undefined
  const fields = shortFields(text.slice(word.length).trim(), member, node, key, reading)
  const values = fields === undefined ? undefined : readFields(fields, member, reading)
  return values === undefined ? undefined : { name: member.name, values }
}

function firstWord(text: string): string {
  return text.trim().split(/\s/, 1)[0] ?? ''
}

/** A policy as a mapping with its name under `type`; undefined for what is no form of a member. */
export function longPolicy(node: Node, family: Registry): MapNode | undefined {
  if (node.kind !== 'scalar') return node.kind === 'map' ? node : undefined
  const word = firstWord(node.text)
  const member = family.find(word)
  const rest = node.text.trim().slice(word.length).trim()
  const template = member && shortTemplate(member)
  const texts = rest === '' ? new Map() : template === undefined ? undefined : matchTemplate(rest, template)
  return member && texts && shortMapping(new Map([['type', member.name], ...texts]), node)
}

/** The mapping that a text after the name stands for. */
function shortFields(
  rest: string,
  member: Definition,
  node: ScalarNode,
  key: string,
  reading: Reading,
): MapNode | undefined {
  if (rest === '') return { kind: 'map', entries: new Map(), place: node.place }
  const template = shortTemplate(member)
  const texts = template === undefined ? undefined : matchTemplate(rest, template)
  if (texts === undefined) {
    const isBare = requiredFields(member.params).length === 0
    const whole = isBare ? `\`${member.name}\` alone, or a mapping` : 'a mapping'
    const form = template === undefined ? whole : `\`${member.name} ${template}\``
    const message = `${describe(node)} is no form of \`${member.name}\``
    const hint = mappingHint(rest, member, node, key, reading)
    return complain(reading, node.place, { code: 'wrong-form', message, expected: form, found: describe(node), hint })
  }
  return shortMapping(texts, node)
}

/** The mapping that gives the text to the first parameter that it suits: `{ type: exponential, first: 200ms }`. */
function mappingHint(text: string, member: Definition, node: ScalarNode, key: string, reading: Reading) {
  const value: ScalarNode = { ...node, text, empty: false }
  const suited = Object.entries(member.params).find(([, param]) => param.fits(value, reading) === 2)
  const missing = requiredFields(member.params).filter((name) => name !== suited?.[0])
  if (suited === undefined || missing.length > 0) return undefined
  return `write \`${lastName(node.place.path)}: { ${key}: ${member.name}, ${suited[0]}: ${text} }\``
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** A mapping in which every value stands where the one-line text stands. */
export function shortMapping(texts: ReadonlyMap<string, string>, node: ScalarNode): MapNode {
  const entries = [...texts].map(([name, text]): [string, Entry] => {
    const place = { ...node.place, path: `${node.place.path}.${name}` }
    return [name, { key: place, value: { kind: 'scalar', text, empty: false, place } }]
  })
  return { kind: 'map', entries: new Map(entries), place: node.place }
}

function shortTemplate(member: Definition): string | undefined {
  const main = mainParam(member)
  return member.short ?? (main === undefined ? undefined : `{${main}}`)
}

/** The parameter that is written without its name. */
export function mainParam(member: Pick<Definition, 'main' | 'params'>): string | undefined {
  const names = Object.keys(member.params)
  return member.main ?? (names.length === 1 ? names[0] : undefined)
}

/** `{exponent} over {keys}` against `0.9 over 5M`: the text of each parameter. */
function matchTemplate(text: string, template: string): ReadonlyMap<string, string> | undefined {
  const literally = (literal: string) =>
    literal
      .trim()
      .replace(/[.*+?^$|()[\]\\]/g, '\\$&')
      .replace(/\s+/g, '\\s+')
  const parts = template.split(/\{([a-z-]+)\}/)
  const names = parts.filter((_, index) => index % 2 === 1)
  const source = parts.map((part, index) =>
    index % 2 === 1 ? '(\\S.*?)' : part.trim() === '' ? (part === '' ? '' : '\\s+') : `\\s*${literally(part)}\\s*`,
  )
  const match = text.length > 200 ? null : new RegExp(`^${source.join('')}$`).exec(text)
  return match === null ? undefined : new Map(names.map((name, index) => [name, match[index + 1] ?? '']))
}

/** A name, a one-line text or a mapping, whichever the member allows. */
export function chosenSchema(family: Registry, key: string, usual: string | undefined, scope: SchemaScope): JsonSchema {
  const words = family.members.flatMap(({ name, aliases = [] }) => [name, ...aliases])
  const isBare = (member: FieldOwner) => requiredFields(member.params).length === 0
  const bare = family.members.filter(isBare).flatMap(({ name, aliases = [] }) => [name, ...aliases])
  const mappings = family.members.map((member) => {
    const naming = { [key]: { enum: [member.name, ...(member.aliases ?? [])], description: member.summary } }
    const fields = fieldsSchema(member.params, scope, naming)
    const required = Array.isArray(fields.required) ? fields.required : []
    return { ...fields, title: member.title, required: member.name === usual ? required : [key, ...required] }
  })
  return {
    anyOf: [
      ...(bare.length === 0 ? [] : [{ type: 'string', enum: bare }]),
      { type: 'string', ...patterned(`^(${words.join('|')}) .+$`, `one of ${listWords(family.names)}`) },
      ...mappings,
    ],
  }
}
