import { catalogue } from '../experiment/catalogue.ts'
import { withDerivedFields } from '../language/2-check/derived.ts'
import { type BlockPart, operationsOf } from '../language/2-check/parts.ts'
import type { Design } from '../language/design.ts'
import { readObject } from '../language/read-design.ts'
import { distributions } from '../support/distributions/index.ts'
import { readFields } from '../support/params/fields.ts'
import { type MapNode, nodeOf } from '../support/params/node.ts'
import { startReading } from '../support/params/reading.ts'
import { nominalWorld } from '../support/params/uncertain.ts'
import type { Notation } from '../support/params.ts'
import { printQuantity } from '../support/units.ts'
import { Dice } from './dice.ts'
import { readDrawnFile } from './drawn-files.ts'
import { type Existing, type Known, refer } from './references.ts'
import { drawDefaults, drawFaults, drawPlaces } from './sections.ts'
import { type Drawing, drawFields, isMapping, type Mapping } from './vocabulary.ts'

/** A design as one would write it, by section. */
export type Document = Mapping

export interface Drawn {
  readonly document: Document
  readonly design: Design
}

/** A whole design is drawn again so often before a small one takes its place. */
const mostTries = 60
const mostBlocks = 6

/**
 * Design number `index` of the seed: any blocks, policies, steps, workloads and faults of the catalogue, with time-outs,
 * retries, loads from idle to overload, and bounds that end it soon. The same forever, as long as the catalogue is.
 */
export function randomDesign(seed: number, index: number): Drawn {
  const dice = new Dice(seed, index, 'random design')
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const { document, drawing } = drawDocument(dice, index)
    const drawn = readSound(document)
    if (drawn !== undefined) return dice.happens(0.25) ? withDefaults(drawn, drawing) : drawn
  }
  return readSound(smallest) as Drawn
}

const smallest: Document = {
  loadpath: 1,
  name: 'smallest',
  traffic: { t: { rate: '50/s', requests: { get: { to: 'b' } } } },
  blocks: { b: { type: 'database' } },
  run: { for: '100ms', repeat: 1 },
}

/** The document and its design; without those of its objectives that are wrong; undefined if something else is. */
function readSound(document: Document): Drawn | undefined {
  const { design, problems } = readObject(document, catalogue, { readFile: readDrawnFile })
  if (design !== undefined) return { document, design }
  const wrong = problems.filter(({ severity }) => severity === 'error').map(({ path }) => path)
  const { objectives } = document
  if (!Array.isArray(objectives) || !wrong.every((path) => path.startsWith('objectives.'))) return undefined
  const right = objectives.filter((_, i) => !wrong.some((path) => path.split('.')[1] === String(i + 1)))
  return right.length < objectives.length ? readSound({ ...document, objectives: right }) : undefined
}

/** With what it says once for many, unless that does not fit what it says elsewhere. */
function withDefaults(drawn: Drawn, drawing: Drawing): Drawn {
  const types = drawn.design.blocks.map(({ type }) => type)
  const defaults = drawDefaults([...new Set(types)], drawing)
  return readSound({ ...drawn.document, defaults }) ?? drawn
}

function drawDocument(dice: Dice, index: number): { readonly document: Document; readonly drawing: Drawing } {
  const uncertain = dice.happens(0.03) ? 0.2 : 0
  const existing: Existing[] = []
  const sources: string[] = []
  const nowhere: Drawing = { dice, uncertain, depth: 3, refer: () => undefined }
  const places = dice.happens(0.3) ? drawPlaces(nowhere) : {}
  const known: Known = {
    blocks: existing,
    places: Object.entries(places).map(([name, { zones }]) => ({ name, zones })),
    sources,
  }
  const drawing: Drawing = { ...nowhere, refer: (target, accepts) => refer(dice, known, target, accepts) }
  const blocks: [string, Mapping][] = []
  const count = dice.whole(1, mostBlocks)
  for (let number = count; number >= 1; number--) {
    const [name, block, facts] = drawBlock(number, drawing, existing)
    blocks.unshift([name, block])
    existing.unshift(facts)
  }
  const traffic = Array.from({ length: dice.happens(0.3) ? 2 : 1 }, (_, i) => [`traffic-${i + 1}`, drawSource(drawing)])
  sources.push(...traffic.map(([name]) => name as string))
  const document = {
    loadpath: 1,
    name: `random ${index}`,
    ...(known.places.length === 0 ? {} : { places }),
    traffic: Object.fromEntries(traffic) as Mapping,
    blocks: Object.fromEntries(blocks),
    faults: drawFaults(drawing),
    run: drawRun(dice, uncertain > 0),
    objectives: Array.from({ length: dice.below(3) }, () => drawObjective(dice, existing)),
  }
  return { document, drawing }
}

/** A block that may call those that exist already: the later ones, so that no calls lead round in a circle. */
function drawBlock(
  number: number,
  drawing: Drawing,
  existing: readonly Existing[],
): readonly [string, Mapping, Existing] {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const type = drawing.dice.pick(catalogue.blocks.members)
    const drawnFields = drawFields(type.params, drawing)
    if (drawnFields === undefined) continue
    const fields = beforeEndpoints(withOneActive(drawnFields, drawing.dice), drawing.dice, existing)
    const presets = drawing.dice.happens(0.15) ? (type.presets ?? []) : []
    const like = presets.length === 0 ? {} : { like: drawing.dice.pick(presets).name }
    const name = `${type.name}-${number}`
    const { problems, reading } = startReading(distributions, readDrawnFile)
    const values = readFields(nodeOf(fields, { path: name }) as MapNode, type, reading)
    if (values === undefined || problems.some(({ severity }) => severity === 'error')) continue
    // Uncertain numbers are objects still; none of them decides what there is to refer to.
    const { instances: own } = values
    const listed = Array.isArray(own) ? own.length : typeof own === 'number' ? own : 1
    const drawn = { name, key: { path: name }, type, values, nominal: nominalWorld(values) }
    const part = withDerivedFields([drawn, ...existing.map((one) => one.part)])[0] as BlockPart
    const operations = [...(operationsOf(part) ?? [])]
    const instances = type.instances === undefined ? listed : 1
    return [name, { type: type.name, ...like, ...fields }, { name, type: type.name, part, operations, instances }]
  }
  return drawDatabase(number)
}

/** All instances but one stand by: any other number is refused. */
function withOneActive(fields: Mapping, dice: Dice): Mapping {
  if (fields.standby === undefined) return fields
  const standby = dice.whole(1, 2)
  return { ...fields, instances: standby + 1, standby }
}

/** Something in front of another block: mostly of one with several endpoints, which it takes over, if there is one. */
function beforeEndpoints(fields: Mapping, dice: Dice, existing: readonly Existing[]): Mapping {
  const several = existing.filter(
    ({ part: { type }, operations }) =>
      type?.defaultOperation !== undefined && operations.length > 1 && !operations.includes(type.defaultOperation),
  )
  if (fields.of === undefined || several.length === 0 || dice.happens(0.3)) return fields
  return { ...fields, of: dice.pick(several).name }
}

function drawDatabase(number: number): readonly [string, Mapping, Existing] {
  const name = `database-${number}`
  const part = { name, key: { path: name }, type: catalogue.blocks.get('database'), values: {}, nominal: {} }
  return [name, { type: 'database' }, { name, type: 'database', part, operations: ['read', 'write'], instances: 1 }]
}

function drawSource(drawing: Drawing): Mapping {
  const { dice } = drawing
  const drawn = withWholeShares(drawFields(catalogue.traffic.params, drawing) ?? {})
  const { rate, users, shape, sessions, every, count, start, speed: _speed, ...others } = drawn
  if (others.replay !== undefined) return drawReplay(drawn, dice)
  const counted = count === undefined ? {} : { count }
  const loop: Mapping = dice.happens(0.1)
    ? { count: count ?? dice.whole(1, 40), ...(every === undefined ? {} : { every }) }
    : dice.happens(0.75)
      ? {
          ...counted,
          rate: rate ?? printQuantity(Math.round(dice.magnitude(1, 3000)), 'rate'),
          ...(shape === undefined ? {} : { shape }),
        }
      : { users: users ?? dice.whole(1, 40), ...counted, ...(start === undefined ? {} : { start }) }
  const requests = withoutField((others.requests ?? {}) as Readonly<Record<string, Mapping>>, 'http')
  return { ...loop, ...(sessions === undefined ? { sessions: 5 } : { sessions }), ...others, requests }
}

/** Shares of places by their number: they must add up to 100 %. */
const sharesOfPlaces = [['100%'], ['60%', '40%'], ['50%', '30%', '20%']]

function withWholeShares(source: Mapping): Mapping {
  if (!isMapping(source.in)) return source
  const places = Object.keys(source.in)
  const shares = sharesOfPlaces[places.length - 1] ?? []
  return { ...source, in: Object.fromEntries(places.map((place, i) => [place, shares[i] as string])) }
}

/** A trace at a rate, or faster or slower than it was recorded. */
function drawReplay({ users: _users, every: _every, count: _count, start: _start, ...drawn }: Mapping, dice: Dice) {
  const { rate = '200/s', speed = 2, shape, sessions = 5, ...others } = drawn
  const atRate = { rate, ...(shape === undefined ? {} : { shape }) }
  return { sessions, ...others, ...(dice.happens(0.7) ? atRate : { speed }) }
}

function withoutField(mappings: Readonly<Record<string, Mapping>>, field: string): Mapping {
  return Object.fromEntries(
    Object.entries(mappings).map(([name, { [field]: _field, ...others }]) => [name, others as Mapping]),
  )
}

/** Mostly through a stretch of time; now and then to a precision, which takes pilots and rounds. */
function drawRun(dice: Dice, isUncertain: boolean): Mapping {
  const bounds = { events: 150_000, 'in-flight': 3000 }
  const start = dice.happens(0.3) ? { start: 'warmed' } : {}
  if (dice.happens(0.02)) return { until: '50%', seed: dice.below(1000), bounds }
  const length = printQuantity(Math.round(dice.magnitude(20, 600)), 'duration')
  return {
    for: length,
    repeat: dice.whole(1, 2),
    seed: dice.below(1000),
    ...start,
    ...(isUncertain ? { worlds: 10 } : {}),
    bounds,
  }
}

function drawObjective(dice: Dice, existing: readonly Existing[]): Notation {
  const measure = dice.pick(catalogue.measures.members)
  const name = measure.name === 'percentile' ? dice.pick(['p50', 'p99', 'p99.9']) : measure.name
  const block = dice.pick(existing).name
  const calls = `${block}.calls.${existing[0]?.name}.`
  const subjects = { design: '', request: 'get.', traffic: 'traffic-1.', block: `${block}.`, calls }
  const subject = subjects[dice.pick(measure.of)]
  const bound = printQuantity(Number(dice.magnitude(0.001, 100).toPrecision(2)), measure.dimension)
  const window = dice.happens(0.3) ? ' from 10ms to 40ms' : ''
  return `${subject}${name} ${dice.pick(['<', '<=', '>', '>='])} ${bound}${window}`
}
