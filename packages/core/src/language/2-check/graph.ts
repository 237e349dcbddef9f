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
}

interface Walk {
  readonly blocks: ReadonlyMap<string, BlockPart>
  readonly calls: ReadonlyMap<string, readonly CallEdge[]>
  readonly operations: ReadonlyMap<string, readonly string[] | undefined>
  /** Undefined for references that are already known to be wrong. */
  readonly placeOf: (edge: CallEdge, from: Place) => Place | undefined
  readonly reading: Reading
  readonly done: Set<string>
  readonly reported: Set<string>
}

/** Follows every call: none may lead round in a circle or to an operation that is not there. */
export function checkCalls(
  sources: readonly SourcePart[],
  blocks: readonly BlockPart[],
  traffic: TrafficDefinition,
  uses: readonly ReferenceUse[],
  wrongPaths: ReadonlySet<string>,
  reading: Reading,
): void {
  const wrong = new Set(uses.filter(({ place }) => wrongPaths.has(place.path)).map(({ reference }) => reference))
  const places = new Map(uses.map((use) => [use.reference, use.place]))
  const walk: Walk = {
    blocks: new Map(blocks.map((block) => [block.name, block])),
    calls: new Map(blocks.map((block) => [block.name, callsOfBlock(block)])),
    operations: new Map(blocks.map((block) => [block.name, operationsOf(block)])),
    placeOf: (edge, from) => (wrong.has(edge.to) ? undefined : (places.get(edge.to) ?? from)),
    reading,
    done: new Set(),
    reported: new Set(),
  }
  for (const source of sources) {
    for (const edge of callsOfSource(source, traffic)) follow(edge, undefined, edge.operation, source.key, [], walk)
  }
  for (const block of blocks) {
    for (const operation of walk.operations.get(block.name) ?? [])
      visit({ block, operation, request: undefined }, [], walk)
  }
}

function follow(
  edge: CallEdge,
  current: string | undefined,
  request: string | undefined,
  from: Place,
  path: readonly Visit[],
  walk: Walk,
): undefined {
  const block = walk.blocks.get(edge.to.block)
  if (block === undefined) return
  const operation = edge.to.operation ?? (edge.passesOperation ? current : request)
  const place = walk.placeOf(edge, from)
  if (place === undefined) return
  const next: Visit = { block, operation, request }
  const at = path.findIndex((earlier) => keyOf(earlier) === keyOf(next))
  if (at >= 0) return reportCycle([...path.slice(at), next], place, walk)
  const operations = walk.operations.get(block.name)
  const isImplicit = edge.to.operation === undefined && operation !== undefined
  if (isImplicit && operations !== undefined && !operations.includes(operation)) {
    return reportUnknownOperation(block, operation, operations, place, walk)
  }
  visit(next, path, walk)
}

function visit(here: Visit, path: readonly Visit[], walk: Walk): void {
  const key = keyOf(here)
  if (walk.done.has(key)) return
  const { block, operation, request } = here
  for (const edge of walk.calls.get(block.name) ?? []) {
    const isMade = edge.operation === undefined || edge.operation === operation
    if (isMade) follow(edge, operation, request, block.key, [...path, here], walk)
  }
  walk.done.add(key)
}

function keyOf({ block, operation, request }: Visit): string {
  return `${block.name} ${operation ?? '*'} ${request ?? '*'}`
}

function reportCycle(cycle: readonly Visit[], place: Place, walk: Walk): undefined {
  const names = cycle.map(({ block, operation }) =>
    operation === undefined ? block.name : `${block.name}.${operation}`,
  )
  const members = [...new Set(names)].sort().join(' ')
  if (walk.reported.has(members)) return
  walk.reported.add(members)
  complain(walk.reading, place, {
    code: 'cycle-between-blocks',
    message: 'these blocks call each other in a circle',
    found: names.map((name) => `\`${name}\``).join(' \u2192 '),
    hint: 'remove one of these calls, or publish to a queue in its place',
  })
}

function reportUnknownOperation(
  block: BlockPart,
  operation: string,
  operations: readonly string[],
  place: Place,
  walk: Walk,
): undefined {
  const key = `${place.path} ${block.name} ${operation}`
  if (walk.reported.has(key)) return
  walk.reported.add(key)
  complain(walk.reading, place, {
    code: 'unknown-operation',
    message: `a request \`${operation}\` comes here, and \`${block.name}\` has no operation of that name`,
    expected: listWords(operations.map((name) => `${block.name}.${name}`)),
    found: `\`${block.name}\``,
    hint: 'name the operation in the call',
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
    named.set(owner, [...(named.get(owner) ?? []), reference.block])
  }
  const reached = new Set<string>()
  const pending = sources.map(({ name }) => name)
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    pending.push(...(named.get(name) ?? []))
  }
  for (const { name, key } of blocks) {
    if (reached.has(name)) continue
    const message = `no traffic reaches \`${name}\``
    complain(reading, key, { code: 'unused-block', severity: 'warning', message, hint: 'call it, or remove it' })
  }
}
