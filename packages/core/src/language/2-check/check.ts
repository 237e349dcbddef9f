import type { FieldComplaint } from '../../support/definition.ts'
import { distributions } from '../../support/distributions/index.ts'
import { readFields } from '../../support/params/fields.ts'
import { checkName } from '../../support/params/names.ts'
import { describe, type MapNode, type Node } from '../../support/params/node.ts'
import {
  complain,
  type FileReader,
  type Reading,
  type ReadReports,
  startReading,
} from '../../support/params/reading.ts'
import { readKeyed } from '../../support/params/steps.ts'
import { isUncertain, nominalWorld } from '../../support/params/uncertain.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Design, FieldValues, UncertainField } from '../design.ts'
import { addedIn } from './added.ts'
import { readDefaults } from './defaults.ts'
import { withDerivedFields } from './derived.ts'
import { checkCalls, warnOfUnused } from './graph.ts'
import { readObjective } from './objectives.ts'
import {
  type BlockPart,
  checkNamespace,
  type NamedAt,
  readBlocks,
  readSources,
  requestsOf,
  type SourcePart,
} from './parts.ts'
import { type Places, placesIn } from './places.ts'
import { checkReferences, instancesOf } from './references.ts'
import { readRegions } from './regions.ts'
import { checkTopLevel, readTopList, readTopMap, readTopText } from './sections.ts'
import type { SubjectParts } from './subjects.ts'

/** Checking each variant costs as much as checking the design. */
export const mostVariants = 100

export interface Checked extends ReadReports {
  /** Undefined if anything is wrong. */
  readonly design: Design | undefined
  readonly places: Places
}

/** Finds every mistake in a tree, in one pass; never throws because of what stands in it. */
export function checkTree(
  root: Node,
  catalogue: Catalogue,
  options: { readonly variant?: string; readonly readFile?: FileReader } = {},
): Checked {
  const findings = startReading(distributions, options.readFile)
  const top = checkTopLevel(root, findings.reading)
  const places = placesIn(root, findings.references)
  if (top === undefined) return { ...findings, places, design: undefined }
  const draft = readTop(top, catalogue, findings, options.variant)
  const isSound = () => !findings.problems.some(({ severity }) => severity === 'error')
  if (draft === undefined || !isSound()) return { ...findings, places, design: undefined }
  catalogue.check?.(nominalWorld(draft), reporterOf(places, findings.reading))
  return { ...findings, places, design: isSound() ? draft : undefined }
}

function readTop(
  top: MapNode,
  catalogue: Catalogue,
  findings: ReadReports,
  variant: string | undefined,
): Design | undefined {
  const { reading, references } = findings
  const name = readTopText(top, 'name', true, reading)
  const about = readTopText(top, 'about', false, reading)
  const context = { catalogue, defaults: readDefaults(top, catalogue, reading), reading }
  const regions = readRegions(top, catalogue, reading)
  const sources = readSources(readTopMap(top, 'traffic', true, reading), context)
  const blocks = withDerivedFields(readBlocks(readTopMap(top, 'blocks', true, reading), context))
  const { faults, named, events } = readFaults(top, catalogue, reading)
  checkNamespace(sources, blocks, { faults: named, regions }, catalogue, reading)
  const run = readRun(top, catalogue, reading)
  const variants = readVariantNames(top, reading)
  checkReferences(references, sources, blocks, regions, catalogue.traffic, reading)
  const wrongPaths = new Set(findings.problems.map(({ path }) => path))
  checkCalls(sources, blocks, catalogue.traffic, references, wrongPaths, reading)
  if (wrongPaths.size === 0) warnOfUnused(sources, blocks, references, reading)
  const accepted = readAccepted(top, catalogue, reading)
  const objectives = readObjectives(top, { sources, blocks }, { variants, variant, catalogue, events }, reading)
  if (name === undefined || run === undefined) return undefined
  // Names order what has a name: the order in which a design declares its parts changes no number and no byte.
  return {
    name,
    ...(about === undefined ? {} : { about }),
    ...(regions.length === 0 ? {} : { places: regions.flatMap(withValues).toSorted(byName) }),
    sources: sources.flatMap(withValues).toSorted(byName),
    blocks: blocks.flatMap(withType).toSorted(byName),
    faults,
    run,
    objectives: objectives.flatMap((objective) => ('right' in objective ? [] : [objective])),
    relations: objectives.flatMap((objective) => ('right' in objective ? [objective] : [])),
    variants,
    accepted: accepted.filter((one) => one !== undefined),
    ...(variant === undefined ? {} : { variant }),
    assumptions: findings.assumptions.toSorted(byPath),
    uncertain: findUncertain([regions, sources, blocks, faults, run]).toSorted(byPath),
  }
}

/** The objectives about parts that are known. */
function readObjectives(
  top: MapNode,
  { sources, blocks }: { readonly sources: readonly SourcePart[]; readonly blocks: readonly BlockPart[] },
  about: Omit<Parameters<typeof readObjective>[1], 'parts' | 'added'>,
  reading: Reading,
) {
  const parts = {
    sources: sources.map((source) => ({ name: source.name, requests: requestsOf(source, about.catalogue.traffic) })),
    blocks: blocks.map(subjectOf),
  }
  // A request whose source is wrong is not known, and an objective about it is not wrong for that.
  if (sources.some(({ values }) => values === undefined)) return []
  const added = (of: string) => addedIn(top, of, parts)
  return readTopList(top, 'objectives', reading).flatMap(
    (item) => readObjective(item, { parts, added, ...about }, reading) ?? [],
  )
}

/** The faults that can be read; their names, and where these stand; when they happen, unless one of them cannot be read. */
function readFaults(top: MapNode, catalogue: Catalogue, reading: Reading) {
  const nodes = readTopList(top, 'faults', reading)
  const read = nodes.flatMap((node) => {
    const fault = readKeyed(node, catalogue.faults, reading)
    return fault === undefined ? [] : [{ fault, place: { ...node.place, path: `${node.place.path}.name` } }]
  })
  const named = read.flatMap(({ fault: { values }, place }): readonly NamedAt[] =>
    typeof values.name === 'string' ? [{ name: values.name, place }] : [],
  )
  const faults = read.map(({ fault }) => fault)
  const isWhole = faults.length === nodes.length
  return { faults, named, events: isWhole ? (catalogue.eventsOf?.(nominalWorld(faults)) ?? new Map()) : undefined }
}

/** What an objective may ask of a block. */
function subjectOf(block: BlockPart): SubjectParts['blocks'][number] {
  const { name, type, nominal } = block
  return {
    name,
    type: type?.name,
    instances: instancesOf(block),
    measured: nominal && type?.measured?.(nominal as never),
    measuredOfCalls: nominal && (type?.measuredOfCalls?.(nominal as never) ?? new Map()),
  }
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1
}

/** Paths that are alike keep their order. */
function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path)
}

function withValues({
  name,
  values,
}: Pick<SourcePart, 'name' | 'values'>): readonly { name: string; values: FieldValues }[] {
  return values === undefined ? [] : [{ name, values }]
}

function withType({ name, type, values }: BlockPart): readonly { name: string; type: string; values: FieldValues }[] {
  return values === undefined || type === undefined ? [] : [{ name, type: type.name, values }]
}

function readRun(top: MapNode, catalogue: Catalogue, reading: Reading): FieldValues | undefined {
  const node = top.entries.get('run')?.value
  if (node?.kind === 'map') return readFields(node, catalogue.run, reading)
  if (node === undefined) {
    const place = { ...top.place, path: 'run' }
    return readFields({ kind: 'map', entries: new Map(), place }, catalogue.run, reading)
  }
  const message = '`run` must be a mapping'
  const time = node.kind === 'scalar' && !node.empty ? node.text.slice(0, 20) : '60s'
  const hint = `write \`run: { ${time.endsWith('%') ? 'until' : 'for'}: ${time} }\``
  return complain(reading, node.place, {
    code: 'wrong-form',
    message,
    expected: 'a mapping',
    found: describe(node),
    hint,
  })
}

function readVariantNames(top: MapNode, reading: Reading): readonly string[] {
  const entries = readTopMap(top, 'variants', false, reading)
  for (const [name, { key }] of entries) checkName(name, key, reading)
  const place = top.entries.get('variants')?.key
  if (place !== undefined && entries.size > mostVariants) {
    complain(reading, place, { code: 'too-large', message: `there are more than ${mostVariants} variants` })
  }
  return [...entries.keys()]
}

/** Without rules, nothing can be accepted. */
function readAccepted(top: MapNode, { rules }: Catalogue, reading: Reading) {
  return readTopList(top, 'accept', reading).map((item) => rules && readKeyed(item, rules, reading))
}

function reporterOf(places: Places, reading: Reading) {
  return (first: FieldComplaint | string, message = '', hint = ''): void => {
    const given = typeof first === 'string' ? { field: first, code: 'conflicting-fields', message, hint } : first
    const { field = '', ...complaint } = given
    complain(reading, places.around(field), complaint)
  }
}

function findUncertain(value: unknown, found: UncertainField[] = []): readonly UncertainField[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return found
  if (isUncertain(value)) {
    const { path, text, low, high, nominal } = value
    found.push({ path, text, low, high, nominal })
    return found
  }
  for (const inside of Object.values(value)) findUncertain(inside, found)
  return found
}
