import { partsOfOperation } from '../../support/by-operation.ts'
import { complain, type Reading, type ReferenceUse } from '../../support/params/reading.ts'
import type { Place } from '../../support/problem.ts'
import { listWords } from '../../support/suggest.ts'
import type { CallEdge, TrafficDefinition } from '../catalogue.ts'
import { type BlockPart, callsOfBlock, callsOfSource, operationsOf, type SourcePart } from './parts.ts'

/** A block at work on one operation of one kind of request. */
interface Visit {
  readonly block: BlockPart
  readonly operation: string | undefined
  readonly request: string | undefined
  /** Whether a block requests this operation by itself, as a cache does for writes to its origin, and no author named it. */
  readonly isImplied: boolean
  /** The call that named the operation, where balancers and links have only passed it on since. */
  readonly asked?: Asked
}

/** A call as its author wrote it: where, and to which block. */
interface Asked {
  readonly place: Place
  readonly block: string
}

interface Walk {
  readonly blocks: ReadonlyMap<string, BlockPart>
  readonly calls: ReadonlyMap<string, readonly CallEdge[]>
  readonly operations: ReadonlyMap<string, ReadonlySet<string> | undefined>
  /** Undefined for references that are already known to be wrong. */
  readonly placeOf: (edge: CallEdge, from: Place) => Place | undefined
  readonly isWritten: (edge: CallEdge) => boolean
  /** Whether traffic leads here: where it does not, what is implied need not be there. */
  readonly isReached: boolean
  readonly reading: Reading
  readonly done: Set<string>
  readonly reported: Set<string>
}

/** A visit on the way, with the calls that are still to be followed. */
interface Stop {
  readonly visit: Visit
  readonly edges: Iterator<CallEdge>
}

/** More visits than this are no design that anybody wrote. */
const mostVisits = 200_000

/** Follows every call: none may lead round in a circle or to an operation that is not there. */
export function checkCalls(
  sources: readonly SourcePart[],
  blocks: readonly BlockPart[],
  traffic: TrafficDefinition,
  uses: readonly ReferenceUse[],
  wrongPaths: ReadonlySet<string>,
  reading: Reading,
): void {
  const mistaken = uses.filter(({ place }) => wrongPaths.has(place.path)).map(({ reference }) => reference)
  const wrong = new Set(mistaken)
  const wrongNames = new Set(mistaken.map(({ block, operation }) => `${block}.${operation}`))
  const places = new Map(uses.map((use) => [use.reference, use.place]))
  const walk: Walk = {
    blocks: new Map(blocks.map((block) => [block.name, block])),
    calls: new Map(blocks.map((block) => [block.name, callsOfBlock(block)])),
    operations: new Map(blocks.map((block) => [block.name, operationsOf(block)])),
    placeOf: (edge, from) =>
      wrong.has(edge.to) || wrongNames.has(`${edge.to.block}.${edge.to.operation}`)
        ? undefined
        : (places.get(edge.to) ?? from),
    isWritten: (edge) => places.has(edge.to),
    isReached: true,
    reading,
    done: new Set(),
    reported: new Set(),
  }
  for (const source of sources) {
    for (const edge of callsOfSource(source, traffic)) {
      const first = arrive(edge, { operation: undefined, request: edge.operation, isImplied: false }, source.key, walk)
      if (first !== undefined) walkFrom(first.visit, walk)
    }
  }
  const reached = new Set([...walk.done].map((visit) => visit.split(' ', 1)[0]))
  const unreached = blocks.filter(({ name }) => !reached.has(name))
  // What begins by itself leads on as traffic does.
  for (const block of unreached.filter(startsByItself)) {
    walkAll(block, walk.operations.get(block.name) ?? [undefined], walk)
  }
  for (const block of blocks) walkAll(block, walk.operations.get(block.name) ?? [], { ...walk, isReached: false })
}

function walkAll(block: BlockPart, operations: Iterable<string | undefined>, walk: Walk): void {
  for (const operation of operations) walkFrom({ block, operation, request: operation, isImplied: false }, walk)
}

/** Whether it has something to work on at 0 s, even if nobody calls it. */
function startsByItself({ type, nominal }: BlockPart): boolean {
  return nominal !== undefined && type?.startsWith?.(nominal as never) !== undefined
}

/** Depth first, without recursion: a chain of calls may be as long as the design. */
function walkFrom(first: Visit, walk: Walk): void {
  const way: Stop[] = []
  const positions = new Map<string, number>()
  const enter = (visit: Visit) => {
    const key = keyOf(visit)
    if (walk.done.has(key) || walk.done.size > mostVisits) return
    positions.set(key, way.length)
    way.push({ visit, edges: edgesOf(visit, walk) })
  }
  enter(first)
  for (let stop = way.at(-1); stop !== undefined; stop = way.at(-1)) {
    const { visit } = stop
    const edge = stop.edges.next()
    if (edge.done) {
      way.pop()
      positions.delete(keyOf(visit))
      walk.done.add(keyOf(visit))
      continue
    }
    const next = arrive(edge.value, visit, visit.block.key, walk)
    if (next === undefined) continue
    const earlier = positions.get(keyOf(next.visit))
    if (earlier === undefined) enter(next.visit)
    else reportCycle([...way.slice(earlier).map((on) => on.visit), next.visit], next.place, walk)
  }
  if (walk.done.size > mostVisits) reportTooMany(first, walk)
}

function edgesOf({ block, operation }: Visit, walk: Walk): Iterator<CallEdge> {
  return partsOfOperation(walk.calls.get(block.name) ?? nowhere, operation).values()
}

const nowhere: readonly CallEdge[] = []

/** Where a call leads; undefined if it leads nowhere, which has been reported. */
function arrive(
  edge: CallEdge,
  current: Omit<Visit, 'block'>,
  from: Place,
  walk: Walk,
): { readonly visit: Visit; readonly place: Place } | undefined {
  const block = walk.blocks.get(edge.to.block)
  const place = walk.placeOf(edge, from)
  if (block === undefined || place === undefined) return undefined
  const operations = walk.operations.get(block.name)
  const { request } = current
  const isPassed = edge.to.operation === undefined && edge.passesOperation === true
  const asked = edge.to.operation ?? (isPassed ? current.operation : request)
  const isImplied = isPassed ? current.isImplied : !walk.isWritten(edge)
  const call = (isPassed ? current.asked : undefined) ?? { place, block: block.name }
  if (operations === undefined) return { visit: { block, operation: asked, request, isImplied, asked: call }, place }
  // An operation that the author names and nothing has is reported where it is named; a cache names its own.
  const operation = operations.has(asked ?? '') ? asked : block.type?.defaultOperation
  if (operation === undefined || !operations.has(operation)) {
    const isMistake = walk.isReached || !isImplied
    if (isMistake)
      reportUnknownOperation(block, { operation: asked ?? 'without a name', isImplied }, operations, call, walk)
    return undefined
  }
  // What it calls in turn has the name of the operation, whatever the request was called further up.
  return { visit: { block, operation, request: operation, isImplied: false }, place }
}

function reportTooMany({ block }: Visit, walk: Walk): void {
  if (walk.reported.has('')) return
  walk.reported.add('')
  complain(walk.reading, block.key, {
    code: 'too-large',
    message: 'the design has too many call paths',
    hint: 'simulate a part of the design',
  })
}

function keyOf({ block, operation, request, isImplied }: Visit): string {
  return `${block.name} ${operation ?? '*'} ${request ?? '*'}${isImplied ? ' implied' : ''}`
}

function reportCycle(cycle: readonly Visit[], place: Place, walk: Walk): void {
  const names = cycle.map(({ block, operation }) =>
    operation === undefined ? block.name : `${block.name}.${operation}`,
  )
  // The same circle is found once for each kind of request that runs in it.
  const members = [...new Set(names)].sort().join(' ')
  if (walk.reported.has(members)) return
  walk.reported.add(members)
  complain(walk.reading, place, {
    code: 'cycle-between-blocks',
    message: 'blocks call each other in a cycle',
    found: printCycle(names),
    hint: 'remove one of these calls, or publish to a queue in its place',
  })
}

/** The names in order; the middle of a long circle says little. */
function printCycle(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``)
  const shown = quoted.length > 12 ? [...quoted.slice(0, 6), '\u2026', ...quoted.slice(-5)] : quoted
  return shown.join(' \u2192 ')
}

function reportUnknownOperation(
  block: BlockPart,
  { operation, isImplied }: { readonly operation: string; readonly isImplied: boolean },
  operations: ReadonlySet<string>,
  { place, block: called }: Asked,
  walk: Walk,
): void {
  const key = `${place.path} ${block.name} ${operation}`
  if (walk.reported.has(key)) return
  walk.reported.add(key)
  const [first = ''] = operations
  const remedy = `name the operation in the call: \`${called}.${first}\``
  const behind = called === block.name ? '' : `, behind \`${called}\`,`
  complain(walk.reading, place, {
    code: 'unknown-operation',
    message: `\`${block.name}\`${behind} has no operation \`${operation}\``,
    expected: () => listWords([...operations].map((name) => `${called}.${name}`)),
    found: `\`${called}\``,
    hint: isImplied ? `${remedy}, or give \`${block.name}\` one of that name` : remedy,
  })
}

/** Warns of blocks that no traffic can reach, over calls or over anything else that one block says of another. */
export function warnOfUnused(
  sources: readonly SourcePart[],
  blocks: readonly BlockPart[],
  uses: readonly ReferenceUse[],
  reading: Reading,
): void {
  const named = new Map<string, string[]>()
  for (const { place, reference } of uses) {
    const [owner = ''] = place.path.split('.')
    const names = named.get(owner)
    if (names === undefined) named.set(owner, [reference.block])
    else names.push(reference.block)
  }
  const reached = new Set<string>()
  const pending = sources.map(({ name }) => name)
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    for (const other of named.get(name) ?? []) pending.push(other)
  }
  for (const { name, key } of blocks) {
    if (reached.has(name)) continue
    const message = `no traffic reaches \`${name}\``
    complain(reading, key, { code: 'unused-block', severity: 'warning', message, hint: 'call it, or remove it' })
  }
}
