import type { Demand, Draw, Edge } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import type { BlockValues } from '../language/design.ts'
import { partsOfOperation } from '../support/by-operation.ts'
import { oncePer } from '../support/once-per.ts'

/** All calls that a block makes. Computed once: a service may have thousands of endpoints. */
export const callsIn = oncePer(
  (block: BlockValues): readonly Edge[] => blocks.get(block.type).calls?.(block.values) ?? [],
)

/** The calls that a block makes while it works on an operation. */
export function callsDuring(block: BlockValues, operation: string | undefined): readonly Edge[] {
  return partsOfOperation(callsIn(block), operation)
}

/** What all calls of a block use up. */
export const demandsIn = oncePer(
  (block: BlockValues): readonly Demand[] => blocks.get(block.type).demands?.(block.values) ?? [],
)

/** What a call of an operation uses up. */
export function demandsOf(block: BlockValues, operation: string | undefined): readonly Demand[] {
  return partsOfOperation(demandsIn(block), operation)
}

const drawsIn = oncePer((block: BlockValues): readonly Draw[] => blocks.get(block.type).draws?.(block.values) ?? [])

/** The times that a call of an operation draws. */
export function drawsDuring(block: BlockValues, operation: string | undefined): readonly Draw[] {
  return partsOfOperation(drawsIn(block), operation)
}

/** Names of the operations of a block; undefined where it takes any request. */
export const operationsIn = oncePer((block: BlockValues): ReadonlySet<string> | undefined => {
  const names = blocks.get(block.type).operations?.(block.values)
  return names && new Set(names)
})
