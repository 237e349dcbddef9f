import { operationOf } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { callsDuring } from '../before-run/of-block.ts'
import type { Edge } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import type { BlockValues, Design } from '../language/design.ts'

/** A block at work on one operation, as far as it decides which calls follow. */
export interface Visit {
  readonly block: BlockValues
  readonly operation: string | undefined
  /** The operation that the call names, if it names one, and the kind of request, which it has else. */
  readonly asked: string | undefined
  readonly kind: string
}

/** Where a call leads, or undefined if the design has no such block. */
export function visitOf(design: Design, to: string, asked: string | undefined, kind: string): Visit | undefined {
  const block = blockNamed(design, to)
  if (block === undefined) return undefined
  return { block, operation: operationOf(blocks.get(block.type), block, asked, kind), asked, kind }
}

/** Visits of the same name are followed by the same calls. */
export function nameOf({ block, operation, asked, kind }: Visit): string {
  return `${block.name} ${operation} ${asked} ${kind}`
}

/** The calls that a visit makes, each with the visit that it leads to. */
export function callsOf(
  design: Design,
  { block, operation, asked, kind }: Visit,
): readonly { edge: Edge; to: Visit }[] {
  return callsDuring(block, operation).flatMap((edge) => {
    const passes = edge.passesOperation === true
    const name = passes ? asked : edge.to.operation
    const to = visitOf(design, edge.to.block, name, passes ? kind : (operation ?? kind))
    return to === undefined ? [] : [{ edge, to }]
  })
}

/**
 * Computes what `of` makes of a visit and of what it made of the calls that follow, each visit once. Goes depth first
 * without recursion: a chain of calls may be as long as the design. Calls form no circle.
 * @param known by the name of the visit; kept from one first visit to the next
 */
export function foldWays<T>(
  design: Design,
  first: Visit,
  known: Map<string, T>,
  of: (visit: Visit, below: readonly { edge: Edge; found: T }[]) => T,
): T {
  const open = [first]
  for (let visit = open.at(-1); visit !== undefined; visit = open.at(-1)) {
    const name = nameOf(visit)
    if (known.has(name)) {
      open.pop()
      continue
    }
    const calls = callsOf(design, visit)
    const missing = calls.filter(({ to }) => !known.has(nameOf(to)))
    if (missing.length > 0) for (const { to } of missing) open.push(to)
    else
      known.set(
        name,
        of(
          visit,
          calls.map(({ edge, to }) => ({ edge, found: known.get(nameOf(to)) as T })),
        ),
      )
  }
  return known.get(nameOf(first)) as T
}
