import { blocks } from '../blocks/index.ts'
import type { Repeating } from '../calls/repeating.ts'
import type { BlockValues, Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { Reference } from '../support/params.ts'
import { operationOf } from './flows.ts'
import { blockNames } from './kinds.ts'
import { blockNamed } from './named.ts'
import { callsDuring, callsIn } from './of-block.ts'

/** A block that is called: with the operation that the call names, and the name of the request or operation that it is made for. */
interface Visit {
  readonly block: BlockValues
  readonly asked: string | undefined
  readonly kind: string
}

const indicesIn = oncePer((design: Design) => new Map(blockNames(design).map((name, index) => [name, index])))
const knownIn = oncePer((_design: Design) => new Map<string, Repeating>())

/** What repeating a call to a reference leads to, made for a request or an operation of this name. */
export function repeatingOf(design: Design, to: Reference, kind: string): Repeating {
  const known = knownIn(design)
  const name = `${to.block} ${to.operation ?? ''} ${kind}`
  const found = known.get(name) ?? repeating(design, to, kind)
  known.set(name, found)
  return found
}

function repeating(design: Design, to: Reference, kind: string): Repeating {
  const indices = indicesIn(design)
  const changed = changedBy(design, to, kind)
  return {
    isIdempotent: changed === undefined,
    refusers: refusersOf(design, to.block).map((name) => indices.get(name) ?? -1),
  }
}

/**
 * The block where something is changed once more each time that the call is repeated; undefined if there is none. What a block
 * says of its operation counts for all that the operation leads to.
 */
export function changedBy(design: Design, to: Reference, kind: string): string | undefined {
  const first = blockNamed(design, to.block)
  if (first === undefined) return undefined
  const start: Visit = { block: first, asked: to.operation, kind }
  const reached = new Map([[nameOf(start), start]])
  // Without recursion: a chain of calls may be as long as the design.
  for (const visit of reached.values()) {
    const { block, asked } = visit
    const type = blocks.get(block.type)
    const operation = operationOf(type, block, asked, visit.kind)
    const said = type.idempotence?.(operation, block.values)
    if (said === 'never') return block.name
    if (said !== undefined) continue
    if (type.changes?.(operation, block.values) === true) return block.name
    for (const edge of callsDuring(block, operation)) {
      const next = blockNamed(design, edge.to.block)
      if (next === undefined) continue
      const passes = edge.passesOperation === true
      const visited: Visit = {
        block: next,
        asked: passes ? asked : edge.to.operation,
        kind: passes ? visit.kind : (operation ?? visit.kind),
      }
      const name = nameOf(visited)
      if (!reached.has(name)) reached.set(name, visited)
    }
  }
  return undefined
}

function nameOf({ block, asked, kind }: Visit): string {
  return `${block.name} ${asked ?? ''} ${kind}`
}

/** The callee, and all that answers in its place: what a balancer or a link passes calls to, what a cache stands in front of. */
function refusersOf(design: Design, callee: string): readonly string[] {
  const reached = new Set([callee])
  for (const name of reached) {
    const block = blockNamed(design, name)
    if (block === undefined) continue
    const keepsCopies = blocks.get(block.type).risks?.copies !== undefined
    for (const { to, passesOperation } of callsIn(block))
      if (passesOperation === true || keepsCopies) reached.add(to.block)
  }
  return [...reached]
}
