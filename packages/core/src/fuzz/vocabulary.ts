import type { Definition } from '../support/definition.ts'
import { distributions } from '../support/distributions/index.ts'
import { mainParam } from '../support/params/chosen.ts'
import { nodeOf } from '../support/params/node.ts'
import { startReading } from '../support/params/reading.ts'
import type { ReferenceTarget } from '../support/params/reference.ts'
import { readKeyed } from '../support/params/steps.ts'
import type { Notation, Param, Params, Registry } from '../support/params.ts'
import type { Dimension } from '../support/units.ts'
import type { Dice } from './dice.ts'
import { readDrawnFile } from './drawn-files.ts'
import { drawQuantity } from './quantities.ts'

/** What values are drawn with. */
export interface Drawing {
  readonly dice: Dice
  /** Something that exists and may be named here; undefined if there is nothing. */
  refer(target: ReferenceTarget, accepts: readonly string[] | undefined): string | undefined
  /** The probability of a number that is uncertain. */
  readonly uncertain: number
  /** How many more lists of steps may be nested. */
  readonly depth: number
  readonly dimension?: Dimension
}

export type Mapping = { readonly [key: string]: Notation }

/** Drawn again so often before something simpler is written. */
const mostTries = 40
/** Names of what a design lets its author name. Mostly `any` is among them: a service needs it for what it does not list. */
const names = ['any', 'get', 'put', 'scan', 'read', 'write']

type Drawer = (param: Param<unknown>, drawing: Drawing) => Notation | undefined

/** How each kind of parameter of the vocabulary is drawn; a kind that is missing here fails `vocabulary.test.ts`. */
const drawers: Readonly<Record<string, Drawer>> = {
  ...Object.fromEntries(
    [
      ...['duration', 'frequency', 'size', 'bandwidth', 'rate', 'share', 'price', 'traffic price', 'count', 'factor'],
      'weight',
    ].map((kind): [string, Drawer] => [kind, drawQuantity]),
  ),
  amount: drawAmount,
  choice: ({ facts }, { dice }) => dice.pick(facts?.words ?? []),
  text: (_param, { dice }) => dice.pick(['a text', 'x', '1.0', '~', 'yes']),
  file: () => 'observed.txt',
  trace: drawTrace,
  reference: ({ facts }, drawing) => drawing.refer(facts?.target ?? 'block', facts?.accepts),
  list: drawList,
  record: ({ facts }, drawing) => drawFields(facts?.fields ?? {}, drawing),
  named: drawNamed,
  calls: drawNamed,
  percentile: (_param, { dice }) => dice.pick(['p50', 'p90', 'p99', 'p99.9']),
  portion: ({ facts }, drawing) => drawValue(drawing.dice.pick(facts?.of ?? []), drawing),
  'k of n': (_param, { dice }) => {
    const n = dice.whole(1, 100)
    return `${dice.whole(1, Math.min(n, 10))} of ${n}`
  },
  name: (_param, { dice }) => dice.pick(['zone-lost', 'release', 'ocean', 'x']),
  either: ({ facts }, drawing) => drawValue(drawing.dice.pick(facts?.of ?? []), drawing),
  distribution: drawDistribution,
  policy: (param, drawing) => drawMember(param.facts?.family?.() as Registry, 'type', param, drawing),
  steps: drawSteps,
}

/** Kinds of parameter that can be drawn. */
export const drawnKinds: readonly string[] = Object.keys(drawers)

/** A value in the notation of a design, sound by itself as far as chance allows; undefined if there is none here. */
export function drawValue(param: Param<unknown>, drawing: Drawing): Notation | undefined {
  return drawers[param.kind]?.(param, drawing)
}

/** A mapping with these fields: those that must be there, and some of the others. */
export function drawFields(params: Params, drawing: Drawing): Mapping | undefined {
  const generous = drawing.dice.next()
  const fields: [string, Notation][] = []
  for (const [name, param] of Object.entries(params)) {
    const isRequired = param.default === undefined && param.optional !== true
    // Left out, a policy is always the same member of its family.
    const isChosen = param.kind === 'policy' && param.default !== undefined
    if (!isRequired && !drawing.dice.happens(isChosen ? 0.7 : generous * 0.7)) continue
    const value = drawValue(param, drawing)
    if (value !== undefined) fields.push([name, value])
    else if (isRequired) return undefined
  }
  return Object.fromEntries(fields)
}

/** By its name alone, or with the format that it has. */
function drawTrace({ facts }: Param<unknown>, { dice }: Drawing): Notation {
  const format = dice.pick(facts?.fields?.format?.facts?.family?.().names ?? [])
  const file = `asked.${format}`
  return dice.happens(0.3) ? file : { file, format }
}

/** Up to three items, within the bounds of the list. */
function drawList({ facts }: Param<unknown>, drawing: Drawing): Notation | undefined {
  const [of] = facts?.of ?? []
  if (of === undefined) return undefined
  const { min = 1, max = 3 } = facts?.items ?? {}
  const count = drawing.dice.whole(Math.max(1, min), Math.max(1, min, Math.min(3, max)))
  const items = Array.from({ length: count }, () => drawValue(of, drawing)).filter((item) => item !== undefined)
  return items.length === 0 ? undefined : items
}

/** Up to three names; of blocks where the names refer to them. */
function drawnNames(target: ReferenceTarget | undefined, { dice, refer }: Drawing): readonly string[] {
  const count = dice.whole(1, 3)
  if (target === undefined) {
    const first = dice.happens(0.5) ? 1 : 0
    return names.slice(first, first + count)
  }
  return [
    ...new Set(Array.from({ length: count }, () => refer(target, undefined)).filter((name) => name !== undefined)),
  ]
}

function drawNamed({ facts }: Param<unknown>, drawing: Drawing): Notation | undefined {
  const [of] = facts?.of ?? []
  if (of === undefined) return undefined
  const entries = drawnNames(facts?.target, drawing).map((name) => [name, drawValue(of, drawing)] as const)
  const given = entries.filter((entry): entry is [string, Notation] => entry[1] !== undefined)
  return given.length === 0 ? undefined : Object.fromEntries(given)
}

/** An amount has the dimension of the distribution around it. */
function drawAmount({ facts }: Param<unknown>, drawing: Drawing): Notation | undefined {
  const { dimension } = drawing
  if (facts?.limits === undefined || dimension === undefined) return undefined
  return drawQuantity({ facts: { limits: { ...facts.limits, dimension } } }, drawing)
}

function drawDistribution(param: Param<unknown>, drawing: Drawing): Notation | undefined {
  const dimension = param.facts?.words?.[0] as Dimension
  const inner = { ...drawing, dimension }
  const bare = () => drawQuantity({ facts: { limits: { dimension, min: 0, max: Infinity, above: -Infinity } } }, inner)
  if (drawing.dice.happens(0.4)) return bare()
  return drawMember(distributions, 'distribution', param, inner) ?? bare()
}

/** A member of a family with its fields, which the reader of the parameter accepts. */
function drawMember(family: Registry, key: string, param: Param<unknown>, drawing: Drawing): Notation | undefined {
  let member = drawing.dice.pick(family.members)
  for (let attempt = 0; attempt < mostTries; attempt++) {
    // Several tries for each: otherwise those with the strictest rules would hardly occur.
    if (attempt % 8 === 7) member = drawing.dice.pick(family.members)
    const fields = drawFields(member.params, drawing)
    if (fields === undefined) continue
    const isBare = Object.keys(fields).length === 0 && drawing.dice.happens(0.5)
    const notation = isBare ? member.name : { [key]: member.name, ...fields }
    if (isAccepted(param, notation)) return notation
  }
  return undefined
}

/** Whether the parameter reads this without an error; what it refers to is not looked up. */
export function isAccepted(param: Param<unknown>, notation: Notation): boolean {
  const { problems, reading } = startReading(distributions, readDrawnFile)
  const value = param.read(nodeOf(notation, { path: 'drawn' }), reading)
  return value !== undefined && !problems.some(({ severity }) => severity === 'error')
}

function drawSteps({ facts }: Param<unknown>, drawing: Drawing): Notation | undefined {
  const family = facts?.family?.() as Registry
  const inner = { ...drawing, depth: drawing.depth - 1 }
  const fitting = family.members.filter(({ params }) => inner.depth > 0 || !holdsSteps(Object.values(params)))
  const items = Array.from({ length: drawing.dice.whole(1, 3) }, () => drawKeyed(fitting, inner))
  const steps = items.filter((item) => item !== undefined)
  return steps.length === 0 ? undefined : steps
}

function holdsSteps(params: readonly Param<unknown>[]): boolean {
  return params.some(({ kind, facts: { of = [], fields = {} } = {} }) => {
    return kind === 'steps' || holdsSteps([...of, ...Object.values(fields)])
  })
}

/** The fields that a member may write itself: those that it shares with others stand elsewhere. */
function ownParams({ params, inherits }: Definition): Params {
  const { shared = {} } = inherits ?? {}
  return Object.fromEntries(Object.entries(params).filter(([name]) => !Object.hasOwn(shared, name)))
}

/** Whether an item such as `{ crash: web.2 }` is read without an error; what it refers to is not looked up. */
export function isAcceptedItem(family: Registry, notation: Notation): boolean {
  const { problems, reading } = startReading(distributions, readDrawnFile)
  const chosen = readKeyed(nodeOf(notation, { path: 'drawn' }), family, reading)
  return chosen !== undefined && !problems.some(({ severity }) => severity === 'error')
}

/** `{ crash: web.2, at: 10ms }`: a member named by one of the keys, its main parameter beside that key. */
export function drawKeyed(members: readonly Definition[], drawing: Drawing): Mapping | undefined {
  for (let attempt = 0; attempt < mostTries; attempt++) {
    const member = drawing.dice.pick(members)
    const fields = drawFields(ownParams(member), drawing)
    if (fields === undefined) continue
    const main = mainParam(member)
    if (main === undefined || fields[main] === undefined || drawing.dice.happens(0.2)) return { [member.name]: fields }
    const { [main]: value, ...others } = fields
    // A mapping in the place of the main value could be read as all the fields.
    return { [member.name]: isMapping(value) ? fields : (value as Notation), ...(isMapping(value) ? {} : others) }
  }
  return undefined
}

export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
