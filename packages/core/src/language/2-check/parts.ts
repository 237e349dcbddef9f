import type { Misnomers } from '../../support/misnomers.ts'
import { oncePer } from '../../support/once-per.ts'
import { readMember } from '../../support/params/chosen.ts'
import { type FieldValues, readFields } from '../../support/params/fields.ts'
import { checkName } from '../../support/params/names.ts'
import { describe, fieldAt, type MapNode, type Node } from '../../support/params/node.ts'
import { complain, type PresetValues, type Reading } from '../../support/params/reading.ts'
import { nominalWorld } from '../../support/params/uncertain.ts'
import type { Place } from '../../support/problem.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import type { BlockDefinition, CallEdge, Catalogue, TrafficDefinition } from '../catalogue.ts'
import type { Defaults } from './defaults.ts'
import type { RegionPart } from './regions.ts'

/** A block as far as it could be read: references to it are checked even if its own fields are wrong. */
export interface BlockPart {
  readonly name: string
  readonly key: Place
  readonly type: BlockDefinition | undefined
  readonly values: FieldValues | undefined
  /** The values with their nominal numbers: what definitions are asked about. */
  readonly nominal: FieldValues | undefined
  /** Whether its operations are those of a block behind it that could not be read. */
  readonly hidesOperations?: true
}

/** What reading a source or a block needs. */
export interface PartContext {
  readonly catalogue: Catalogue
  readonly defaults: Defaults
  readonly reading: Reading
}

export interface SourcePart {
  readonly name: string
  readonly key: Place
  readonly values: FieldValues | undefined
  readonly nominal: FieldValues | undefined
}

export function readSources(
  entries: MapNode['entries'],
  { catalogue, defaults, reading }: PartContext,
): readonly SourcePart[] {
  const reserved = measureNames(catalogue)
  return [...entries].map(([name, { key, value }]) => {
    checkName(name, key, reading, reserved)
    const node = asMapping(value, 'a source of traffic', reading)
    const values = node && readFields(node, catalogue.traffic, defaults.inside(node, reading))
    return { name, key, values, nominal: values && nominalWorld(values) }
  })
}

export function readBlocks(entries: MapNode['entries'], context: PartContext): readonly BlockPart[] {
  const { catalogue, reading } = context
  const reserved = measureNames(catalogue)
  return [...entries].map(([name, { key, value }]) => {
    checkName(name, key, reading, reserved)
    const { type, values } = readBlock(name, value, context)
    return { name, key, type, values, nominal: values && nominalWorld(values) }
  })
}

/** Fields of files that deploy programs: a design has no use for them. */
const deploymentMisnomers: Misnomers = Object.fromEntries([
  ...['depends_on', 'depends-on', 'dependson', 'links', 'dependencies'].map((key) => [
    key,
    'remove it: a service depends on the blocks that its steps `call`',
  ]),
  ...['url', 'uri', 'host', 'port', 'ports', 'address', 'image', 'environment', 'env', 'command', 'volumes'].map(
    (key) => [key, 'remove it: a design describes work, not addresses or programs'],
  ),
  ...['region', 'zone', 'location', 'place'].map((key) => [key, 'write `in: eu-west`, and the place under `places`']),
  ['description', 'write a comment: `# …`'],
])

/** Fields of a block that stand elsewhere in a design: its faults, and what a run measures of it. */
function misnomersOf(name: string, { faults, measures }: Catalogue): Misnomers {
  const measured = measures.members.map((measure) => {
    const remedy = `remove it: \`${measure.name}\` is a result; \`objectives\` may bound \`${name}.${measure.name}\``
    return [measure.name, remedy] as const
  })
  const struck = faults.names.map((fault) => [fault, `write under \`faults\`: \`{ ${fault}: ${name}, … }\``] as const)
  return { ...Object.fromEntries(measured), ...Object.fromEntries(struck), ...deploymentMisnomers }
}

function readBlock(
  name: string,
  value: Node,
  { catalogue, defaults, reading }: PartContext,
): Pick<BlockPart, 'type' | 'values'> {
  const unread = { type: undefined, values: undefined }
  const { blocks } = catalogue
  const node = asMapping(value, 'a block', reading)
  if (node === undefined) return unread
  const named = node.entries.get('type')
  if (named === undefined) {
    const joined = [...node.entries.keys()].find((key) => /^type:./.test(key))
    const place = { ...node.place, path: `${node.place.path}.type` }
    complain(reading, place, {
      code: 'missing-field',
      message: `${fieldAt(node.place)} has no \`type\``,
      expected: `\`type\`: ${listWords(blocks.names)}`,
      hint: joined === undefined ? 'add `type`, for example `type: service`' : `write \`${joined.replace(':', ': ')}\``,
    })
    return unread
  }
  const member = readMember(named.value, blocks, reading, {
    called: 'block type',
    instead: (word) => typeOfProduct(word, catalogue),
  })
  const type = member && blocks.get(member.name)
  if (type === undefined) return unread
  const whole = defaults.filled(node, type)
  const preset = readPreset(whole, type, reading)
  if (preset === 'wrong') return { type, values: undefined }
  const owner = { ...type, misnomers: { ...misnomersOf(name, catalogue), ...type.misnomers } }
  return { type, values: readFields(whole, owner, { ...defaults.inside(whole, reading), preset }, ['type', 'like']) }
}

/** The remedy for a product in place of a type: the types that have a preset of it, or in which it is seen. */
function typeOfProduct(word: string, { blocks }: Catalogue): string | undefined {
  const product = word.toLowerCase()
  const preset = blocks.members.flatMap(({ presets = [] }) => presets).find(({ name }) => isProduct(product, name))
  if (preset !== undefined) {
    const withPreset = blocks.members.filter(({ presets = [] }) => presets.some(({ name }) => name === preset.name))
    return `write ${typesOf(withPreset)} with \`like: ${preset.name}\``
  }
  const isNamed = (text: string) => productNames(text).some((name) => isProduct(product, name))
  const seen = blocks.members.filter(({ seenIn = [] }) => seenIn.some(isNamed))
  return seen.length === 0 ? undefined : `write ${typesOf(seen)}`
}

/** The words of a name without what stands in brackets, and the whole of it: `SQL Server`. */
function productNames(text: string): readonly string[] {
  const name = text
    .replace(/\([^)]*\)|`[^`]*`/g, '')
    .trim()
    .toLowerCase()
  return [name.replace(/\s+/g, '-'), ...name.split(/\s+/)]
}

/** People write the beginning of a long name alone: `postgres`, `mongo`. */
function isProduct(written: string, name: string): boolean {
  return written === name || (written.length >= 5 && name.startsWith(written))
}

function typesOf(types: readonly BlockDefinition[]): string {
  return listWords(types.map(({ name }) => `type: ${name}`))
}

function readPreset(node: MapNode, type: BlockDefinition, reading: Reading): PresetValues | undefined | 'wrong' {
  const like = node.entries.get('like')?.value
  if (like === undefined) return undefined
  const { presets = [] } = type
  const names = presets.map(({ name }) => name)
  const found = presets.find(({ name }) => like.kind === 'scalar' && like.text === name)
  if (found !== undefined) return found
  const text = like.kind === 'scalar' ? like.text : ''
  const expected = names.length === 0 ? 'no `like`: this type has no presets' : listWords(names)
  const message = `unknown preset ${describe(like)} of \`${type.name}\``
  complain(reading, like.place, {
    code: 'unknown-name',
    message,
    expected,
    found: describe(like),
    hint: () => didYouMean(text, names),
  })
  return 'wrong'
}

function asMapping(node: Node, what: string, reading: Reading): MapNode | undefined {
  if (node.kind === 'map') return node
  const message = `${fieldAt(node.place)}, ${what}, must be a mapping`
  return complain(reading, node.place, { code: 'wrong-form', message, expected: 'a mapping', found: describe(node) })
}

/** Words that cannot name anything else, because objectives use them. */
function measureNames({ measures }: Catalogue): ReadonlySet<string> {
  return new Set(measures.members.flatMap(({ name, aliases = [] }) => [name, ...aliases]))
}

/** A part that its author named, and where. */
export interface NamedAt {
  readonly name: string
  readonly place: Place
}

/** One namespace for sources, blocks, requests and named faults: objectives tell them apart by name alone. */
export function checkNamespace(
  sources: readonly SourcePart[],
  blocks: readonly BlockPart[],
  { faults, regions }: { readonly faults: readonly NamedAt[]; readonly regions: readonly RegionPart[] },
  catalogue: Catalogue,
  reading: Reading,
): void {
  const reserved = measureNames(catalogue)
  const taken = new Map(blocks.map(({ name }) => [name, 'a block']))
  const refuse = (name: string, place: Place, what: string) => {
    const owner = taken.get(name)
    if (owner === undefined) return
    const message = `\`${name}\` names ${what} and ${owner}`
    complain(reading, place, { code: 'duplicate-name', message, found: `\`${name}\``, hint: 'rename one of them' })
  }
  for (const { name, key } of regions) refuse(name, key, 'a place')
  for (const { name } of regions) taken.set(name, 'a place')
  for (const { name, key } of sources) refuse(name, key, 'a source of traffic')
  for (const { name } of sources) taken.set(name, 'a source of traffic')
  for (const source of sources) {
    for (const request of requestsOf(source, catalogue.traffic)) {
      const place = { ...source.key, path: `${source.name}.requests.${request}` }
      refuse(request, place, 'a request')
      if (reserved.has(request)) checkName(request, place, reading, reserved)
    }
  }
  const events = new Set<string>()
  for (const { name, place } of faults) {
    refuse(name, place, 'a fault')
    if (events.has(name)) {
      complain(reading, place, {
        code: 'duplicate-name',
        message: `two faults have the name \`${name}\``,
        hint: 'rename one of them',
      })
    }
    events.add(name)
  }
}

export function requestsOf({ nominal: values }: SourcePart, traffic: TrafficDefinition): readonly string[] {
  if (values === undefined) return []
  if (traffic.requests !== undefined) return traffic.requests(values as never)
  return Object.keys((values.requests ?? {}) as object)
}

/** The calls of a source, each under the name of its request. */
export function callsOfSource({ nominal: values }: SourcePart, traffic: TrafficDefinition): readonly CallEdge[] {
  if (values === undefined) return []
  if (traffic.calls !== undefined) return traffic.calls(values as never)
  const requests = (values.requests ?? {}) as Readonly<Record<string, { readonly to?: CallEdge['to'] }>>
  return Object.entries(requests).flatMap(([operation, { to }]) => (to === undefined ? [] : [{ operation, to }]))
}

export const callsOfBlock = oncePer(
  ({ type, nominal: values }: BlockPart): readonly CallEdge[] =>
    (values === undefined ? undefined : type?.calls?.(values as never)) ?? [],
)

export const operationsOf = oncePer(
  ({ type, nominal: values, hidesOperations }: BlockPart): ReadonlySet<string> | undefined => {
    const names = values === undefined || hidesOperations ? undefined : type?.operations?.(values as never)
    return names && new Set(names)
  },
)
