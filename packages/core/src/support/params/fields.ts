import type { Definition, FieldComplaint } from '../definition.ts'
import { invariant } from '../invariant.ts'
import type { Misnomers } from '../misnomers.ts'
import type { Place } from '../problem.ts'
import { didYouMean, listWords, nearest } from '../suggest.ts'
import { reportFormerForm } from './former.ts'
import {
  childPath,
  type Entry,
  fieldAt,
  isNone,
  type MapNode,
  type Node,
  type Notation,
  nodeOf,
  printNotation,
} from './node.ts'
import type { Param, Params } from './param.ts'
import { complain, type PresetValues, type Reading } from './reading.ts'
import { nominalWorld } from './uncertain.ts'

/** The part of a definition that reading its fields needs. */
export type FieldOwner = Pick<Definition, 'params' | 'check' | 'misnomers' | 'renewed'>

/** Fields by name; keys are names of parameters only. */
export type FieldValues = Readonly<Record<string, unknown>>

/** Reads every field of a mapping, in the order in which they are defined; undefined after a mistake in any. */
export function readFields(
  written: MapNode,
  owner: FieldOwner,
  reading: Reading,
  ignored: readonly string[] = [],
): FieldValues | undefined {
  const renewed = owner.renewed?.(written)
  const node = renewed === undefined ? written : reportFormerForm(written, renewed, reading)
  const given = matchKeys(node, owner, reading, ignored)
  const { preset } = reading
  const inner: Reading = preset === undefined ? reading : { ...reading, preset: undefined }
  let isSound = given.isSound
  const values: Record<string, unknown> = {}
  for (const [name, param] of Object.entries(owner.params)) {
    const entry = unlessNone(given.entries.get(name), param, reading)
    if (entry === undefined && given.misspelt.has(name)) continue
    if (entry === undefined && reportTakenFromImplied(given.entries, name, param, reading)) {
      isSound = false
      continue
    }
    const isTaken = entry === undefined && given.entries.has(name)
    const value =
      entry === undefined
        ? isTaken
          ? undefined
          : absent(node, name, impliedIn(node, param), inner, preset)
        : param.read(entry.value, inner)
    if (value !== undefined) values[name] = value
    else if (!isTaken && (entry !== undefined || !mayBeAbsent(name, param, preset))) isSound = false
  }
  if (!isSound) return undefined
  return checkTogether(node, owner, values, given.entries, inner) ? values : undefined
}

/** Without what `none` takes away: a field that may be absent, unless `none` is one of its values. */
function unlessNone(entry: Entry | undefined, param: Param<unknown>, reading: Reading): Entry | undefined {
  if (entry === undefined || param.optional !== true || !isNone(entry.value)) return entry
  return param.fits(entry.value, reading) === 2 ? entry : undefined
}

/** Refuses `none` for a field that goes with another: the part that reads the one needs the other. */
function reportTakenFromImplied(
  entries: ReadonlyMap<string, Entry>,
  name: string,
  param: Param<unknown>,
  reading: Reading,
): boolean {
  const taken = entries.get(name)
  const { impliedBy } = param
  if (taken === undefined || impliedBy === undefined || !isGiven(entries, impliedBy)) return false
  complain(reading, taken.value.place, {
    code: 'conflicting-fields',
    message: `\`${impliedBy}\` needs \`${name}\`; \`${name}: none\` contradicts it`,
    expected: param.expected,
    found: '`none`',
    hint: `remove \`${impliedBy}\` too, or leave out \`${name}\` for its default`,
  })
  return true
}

function isGiven(entries: ReadonlyMap<string, Entry>, name: string): boolean {
  const entry = entries.get(name)
  return entry !== undefined && !isNone(entry.value)
}

function matchKeys(node: MapNode, owner: FieldOwner, reading: Reading, ignored: readonly string[]) {
  const entries = new Map<string, Entry>()
  // Fields that were most likely meant: to call them missing as well would say the same thing twice.
  const misspelt = new Set<string>()
  let isSound = true
  for (const [key, entry] of node.entries) {
    if (ignored.includes(key)) continue
    const name = currentName(key, entry, owner, reading)
    if (name === undefined) {
      isSound = false
      misspelt.add(nearest(key, Object.keys(owner.params)) ?? '')
      const known = [...Object.keys(owner.params), ...ignored]
      reportUnknownField(key, entry.key, known, reading, owner.misnomers, entry.value)
    } else if (entries.has(name)) {
      isSound = false
      complain(reading, entry.key, { code: 'duplicate-key', message: `\`${name}\` is given twice` })
    } else entries.set(name, entry)
  }
  return { entries, misspelt, isSound }
}

function currentName(key: string, entry: Entry, owner: FieldOwner, reading: Reading): string | undefined {
  if (Object.hasOwn(owner.params, key)) return key
  const name = nameOfFormer(key, owner.params)
  if (name === undefined) return undefined
  reportRenamedField(entry.key, key, name, reading)
  return name
}

/** Warns of the older name of a field and notes how `check --fix` rewrites it. */
export function reportRenamedField(
  place: Place,
  from: string,
  to: string,
  reading: Pick<Reading, 'report' | 'rewrite'>,
): void {
  complain(reading, place, {
    code: 'renamed-field',
    severity: 'warning',
    message: `\`${from}\` is now called \`${to}\``,
    expected: `\`${to}\``,
    found: `\`${from}\``,
    hint: 'run `loadpath check --fix` to rewrite it',
  })
  reading.rewrite({ place, from, to })
}

/** The name of the field that was called `key` before. */
export function nameOfFormer(key: string, params: Params): string | undefined {
  return Object.keys(params).find((name) => params[name]?.formerly === key)
}

/** Reports a key that means nothing where it stands. */
export function reportUnknownField(
  key: string,
  place: Place,
  known: readonly string[],
  reading: Pick<Reading, 'report'>,
  misnomers: Misnomers = {},
  value?: Node,
): void {
  const expected = known.length === 0 ? 'no fields' : listWords(known)
  const owner = ownerOf(place)
  const message = `unknown field \`${key}\`${owner === '' ? '' : ` in \`${owner}\``}`
  const given = value?.kind === 'scalar' ? value.text.trim() : ''
  const misnomer = Object.hasOwn(misnomers, key) ? misnomers[key] : undefined
  const remedy = typeof misnomer === 'function' ? misnomer(given) : misnomer
  complain(reading, place, {
    code: 'unknown-field',
    message,
    expected,
    found: `\`${key}\``,
    hint: () => remedy ?? separatedThousands(key) ?? joinedTo(key, known) ?? didYouMean(key, known),
  })
}

/** `{ rate: 1,000/s }`: in braces, a comma begins the next field. */
function separatedThousands(key: string): string | undefined {
  return /^\d{3}(?:\D|$)/.test(key) ? 'write the number without a comma' : undefined
}

/** `rate:10/s`: YAML wants a space after the colon. */
function joinedTo(key: string, known: readonly string[]): string | undefined {
  const [, name = '', value = ''] = /^([^:]+):(.+)$/.exec(key) ?? []
  return known.includes(name) ? `write a space after the colon: \`${name}: ${value.trim()}\`` : undefined
}

/** The path of the mapping in which a key stands. */
function ownerOf({ path }: Place): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}

function mayBeAbsent(name: string, param: Param<unknown>, preset: PresetValues | undefined): boolean {
  return param.optional === true && !(preset !== undefined && Object.hasOwn(preset.values, name))
}

/** The parameter, with its own defaults where another field implies it. */
function impliedIn(node: MapNode, param: Param<unknown>): Param<unknown> {
  const { impliedBy } = param
  return impliedBy !== undefined && isGiven(node.entries, impliedBy) ? { ...param, default: {} } : param
}

/** The value of a field that is not given: from the preset, from the default, or none. */
function absent(
  node: MapNode,
  name: string,
  param: Param<unknown>,
  reading: Reading,
  preset: PresetValues | undefined,
): unknown {
  const isPreset = preset !== undefined && Object.hasOwn(preset.values, name)
  const notation = isPreset ? preset.values[name] : param.default
  const place: Place = { ...node.place, path: childPath(node.place.path, name) }
  if (notation === undefined) {
    if (param.optional === true) return undefined
    return complain(reading, place, {
      code: 'missing-field',
      message: `${fieldAt(node.place)} has no \`${name}\``,
      expected: `\`${name}\`: ${param.expected}`,
      hint: `add \`${name}\`: ${param.meaning}`,
    })
  }
  const source = isPreset ? preset.source : param.source
  const facts = { path: place.path, value: printNotation(notation as Notation), meaning: param.meaning }
  reading.assume(source === undefined ? facts : { ...facts, source })
  return readOurs(nodeOf(notation, place), param, reading)
}

/** A default or preset that its own parameter refuses is our mistake, not the user's. */
function readOurs(node: ReturnType<typeof nodeOf>, param: Param<unknown>, reading: Reading): unknown {
  return param.read(node, {
    ...reading,
    report: ({ message, found }) => invariant(false, `the default of "${node.place.path}": ${message} ${found ?? ''}`),
  })
}

function checkTogether(
  node: MapNode,
  owner: FieldOwner,
  values: FieldValues,
  entries: ReadonlyMap<string, Entry>,
  reading: Reading,
): boolean {
  let isSound = true
  const report = (first: FieldComplaint | string, message = '', hint = '') => {
    const { field, ...complaint } =
      typeof first === 'string' ? { field: first, code: 'conflicting-fields', message, hint } : first
    if (complaint.severity !== 'warning') isSound = false
    complain(reading, placeOfField(node, entries, field), complaint)
  }
  const sentence: unknown = owner.check?.(nominalWorld(values) as never, report)
  if (typeof sentence === 'string') report({ code: 'conflicting-fields', message: sentence })
  return isSound
}

function placeOfField(node: MapNode, entries: ReadonlyMap<string, Entry>, field: string | undefined): Place {
  if (field === undefined) return node.place
  return entries.get(field)?.value.place ?? { ...node.place, path: childPath(node.place.path, field) }
}

/** The names of the fields that must be given. */
export function requiredFields(params: Params): readonly string[] {
  return Object.entries(params).flatMap(([name, param]) =>
    param.default === undefined && param.optional !== true ? [name] : [],
  )
}
