import { reportRenamedField } from '../../support/params/fields.ts'
import {
  childPath,
  describe,
  isNone,
  type MapNode,
  mappingOf,
  type Node,
  standingAt,
  withPath,
} from '../../support/params/node.ts'
import { type Complaint, complain, type Rewrite } from '../../support/params/reading.ts'
import type { Place, Problem } from '../../support/problem.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import { parseText } from '../1-parse/parse.ts'
import { type ItemFields, todaysPath } from './item-paths.ts'

/** One value put in place of another: a line of a variant, or `--set path=value`. */
export interface Setting {
  /** `web.instances`; items of lists count from 1. */
  readonly path: string
  readonly value: Node
  /** Where the path stands. */
  readonly place: Place
}

/** What a setting may tell, and by which other names a field may be written in the tree. */
export interface SettingContext {
  report(problem: Problem): void
  rewrite(rewrite: Rewrite): void
  readonly otherNames: ReadonlyMap<string, readonly string[]>
  /** Those of them that are former names: only these are rewritten. */
  readonly formerNames: ReadonlySet<string>
  /** The field that a value in place of a mapping gives, by the name of the mapping: `attempts` of `retry`. */
  readonly mainFields: ReadonlyMap<string, string>
  readonly items: ItemFields
}

const sections = ['name', 'about', 'places', 'defaults', 'traffic', 'blocks', 'faults', 'run', 'objectives', 'accept']

/** What may have been meant by a name that no part has: a part that is misspelt, or one to be added. */
function hintForPart({ path, value }: Setting, known: readonly string[]): string | undefined {
  const isNewBlock = !path.includes('.') && value.kind === 'map' && value.entries.has('type')
  return isNewBlock ? `to add a block, write \`blocks.${path}\`` : didYouMean(path.split('.')[0] ?? '', known)
}

/** The tree with this setting applied, or as it was after a problem. */
export function applySetting(root: Node, setting: Setting, context: SettingContext): Node {
  const segments = setting.path.split('.')
  const [first = ''] = segments
  const sectionOf = (name: string) => ['traffic', 'blocks'].find((section) => namesIn(root, section).includes(name))
  const section = sections.includes(first) ? undefined : sectionOf(first)
  if (root.kind !== 'map') return root
  if (segments.includes('') || segments.length > 50 || (section === undefined && !sections.includes(first))) {
    const known = [
      ...namesIn(root, 'traffic'),
      ...namesIn(root, 'blocks'),
      'places',
      'defaults',
      'run',
      'faults',
      'objectives',
    ]
    const expected = `a path that begins with ${listWords(known)}`
    const message = `unknown path \`${setting.path}\``
    complain(context, setting.place, {
      code: 'unknown-path',
      message,
      expected,
      found: `\`${setting.path}\``,
      hint: () => hintForPart(setting, known),
    })
    return root
  }
  if (section === 'blocks' && segments.length === 1 && isPartOfBlock(setting.value)) {
    const [field = 'instances'] = setting.value.kind === 'map' ? setting.value.entries.keys() : []
    complain(context, setting.place, {
      code: 'wrong-form',
      message: `\`${first}\` would be replaced by a block without a type`,
      expected: 'a path to one field, or a whole block with its `type`',
      found: `\`${first}\``,
      hint: `write \`${first}.${field}: …\``,
    })
    return root
  }
  const full = section === undefined ? segments : [section, ...segments]
  return replaceAt(root, full, setting, context) ?? root
}

/** `web: { instances: 4 }`: fields of a block, where a whole block would stand. */
function isPartOfBlock(value: Node): boolean {
  return value.kind === 'map' && value.entries.size > 0 && !value.entries.has('type')
}

function namesIn(root: Node, section: string): readonly string[] {
  const node = root.kind === 'map' ? root.entries.get(section)?.value : undefined
  return node?.kind === 'map' ? [...node.entries.keys()] : []
}

function replaceAt(
  node: Node,
  segments: readonly string[],
  setting: Setting,
  context: SettingContext,
): Node | undefined {
  const [segment, ...rest] = segments
  if (segment === undefined) return withPath(setting.value, node.place.path)
  const fault = (complaint: Complaint) =>
    complain(context, setting.place, { found: `\`${setting.path}\``, ...complaint })
  if (node.kind === 'map') return replaceEntry(node, segment, rest, setting, context)
  if (node.kind === 'list') {
    const index = /^[1-9]\d{0,5}$/.test(segment) ? Number(segment) - 1 : -1
    const item = node.items[index]
    if (item === undefined) {
      const expected =
        node.items.length === 0 ? 'an item, but there is none' : `a number from 1 to ${node.items.length}`
      return fault({ code: 'unknown-path', message: `\`${node.place.path}\` has no item \`${segment}\``, expected })
    }
    const replaced = replaceAt(item, rest, setting, context)
    return replaced && { ...node, items: node.items.with(index, replaced) }
  }
  const main = context.mainFields.get(lastName(node.place.path))
  if (main !== undefined && node.kind === 'scalar' && !node.empty)
    return replaceEntry(mappingOf(node, main), segment, rest, setting, context)
  const message = `\`${node.place.path}\` is ${describe(node)} and has no field \`${segment}\``
  return fault({ code: 'unknown-path', message, hint: `set \`${node.place.path}\` to a mapping` })
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

/** A field that is not there yet is added: whether it may be is for the check to say. */
function replaceEntry(
  node: MapNode,
  segment: string,
  rest: readonly string[],
  setting: Setting,
  context: SettingContext,
): Node | undefined {
  const today = todaysPath(node, segment, rest, context.items)
  if (today !== undefined) {
    reportFormerPath([segment, ...rest], today, setting, context)
    return replaceEntry(node, today[0] as string, today.slice(1), setting, context)
  }
  const name = nameIn(node, segment, context)
  const entry = node.entries.get(name)
  const place = { ...placeOf([segment, ...rest], setting), path: childPath(node.place.path, name) }
  if (name !== segment && context.formerNames.has(segment)) reportRenamedField(place, segment, name, context)
  if (rest.length === 0 && isNone(setting.value) && namesEntries.test(node.place.path)) {
    return withoutEntry(node, name, setting, context)
  }
  const value = entry?.value ?? { kind: 'map', entries: new Map(), place }
  const replaced = replaceAt(value, rest, setting, context)
  return (
    replaced && {
      ...node,
      entries: new Map([...node.entries, [name, { key: entry?.key ?? place, value: replaced }]]),
    }
  )
}

/** Where the last segments of a path stand. */
function placeOf(last: readonly string[], { path, place }: Setting): Place {
  const at = path.length - last.join('.').length
  return place.column === undefined ? place : { ...place, column: place.column + at }
}

/** Warns of a path to a field inside the value of an item: `repeat.times`. */
function reportFormerPath(
  former: readonly string[],
  today: readonly string[],
  setting: Setting,
  context: SettingContext,
): void {
  const [segment = '', field = ''] = former
  const to = today[0] as string
  reportRenamedField(placeOf(former, setting), `${segment}.${field}`, to, context)
}

/** Paths of mappings whose entries the author names. */
const namesEntries = /^(?:traffic|blocks|[^.]+\.(?:requests|endpoints|operations))$/

/** Without a block, a source, or another entry that the author named. */
function withoutEntry(node: MapNode, name: string, setting: Setting, context: SettingContext): Node | undefined {
  if (node.entries.has(name)) {
    return { ...node, entries: new Map([...node.entries].filter(([other]) => other !== name)) }
  }
  const known = [...node.entries.keys()]
  const message = `\`${node.place.path}\` has no \`${name}\` to remove`
  return complain(context, setting.place, {
    code: 'unknown-path',
    message,
    expected: listWords(known),
    found: `\`${setting.path}\``,
    hint: () => didYouMean(name, known),
  })
}

/** The name under which the tree has a field, which a setting may call by its former name. */
function nameIn({ entries }: MapNode, segment: string, { otherNames }: SettingContext): string {
  return entries.has(segment) ? segment : ((otherNames.get(segment) ?? []).find((name) => entries.has(name)) ?? segment)
}

/** The settings that a node of `variants` lists. */
export function settingsOf(variant: Node, reporter: Pick<SettingContext, 'report'>): readonly Setting[] {
  if (variant.kind === 'map') {
    return [...variant.entries].map(([path, { key, value }]) => ({ path, value, place: key }))
  }
  const expected = 'a mapping from paths to values, for example `{ web.instances: 4 }`'
  const message = 'the variant must be a mapping'
  complain(reporter, variant.place, { code: 'wrong-form', message, expected, found: describe(variant) })
  return []
}

/** Reads `web.instances=4`; the value is written as in a design. */
export function parseSetting(text: string, reporter: Pick<SettingContext, 'report'>): Setting | undefined {
  const at = text.indexOf('=')
  const path = text.slice(0, at).trim()
  const place: Place = { path, file: '--set' }
  if (at < 1 || path === '') {
    const expected = 'a setting such as `web.instances=4`'
    return complain(
      reporter,
      { ...place, path: '' },
      { code: 'malformed-setting', message: `invalid setting \`${text}\``, expected, found: `\`${text}\`` },
    )
  }
  const parsed = parseText(text.slice(at + 1))
  for (const problem of parsed.problems) reporter.report({ ...problem, path, place })
  return parsed.root && { path, value: standingAt(parsed.root, place), place }
}
