import { partsOfOperation } from '../../support/by-operation.ts'
import type { Reference } from '../../support/params.ts'
import type { OperationBehind } from '../catalogue.ts'
import { type BlockPart, callsOfBlock, operationsOf } from './parts.ts'

/** Adds to blocks the fields that follow from the blocks behind them: the last on the way first. */
export function withDerivedFields(blocks: readonly BlockPart[]): readonly BlockPart[] {
  if (!blocks.some(({ type }) => type?.deriveFields !== undefined)) return blocks
  const parts = new Map(blocks.map((block) => [block.name, block]))
  const known = new Map<string, boolean>()
  for (const block of backToFront(blocks, parts)) {
    const { type, values, nominal } = block
    const fields = nominal && type?.deriveFields?.(nominal as never, (to) => operationsBehind(to, parts, known))
    // To say that it lacks an operation would be to report the same mistake once more.
    const unread = type?.deriveFields !== undefined && leadsToUnread(block, parts)
    if (unread) parts.set(block.name, { ...block, hidesOperations: true })
    if (unread || fields === undefined) continue
    parts.set(block.name, { ...block, values: { ...values, ...fields }, nominal: { ...nominal, ...fields } })
  }
  return blocks.map(({ name }) => parts.get(name) as BlockPart)
}

/** Each block after those that it calls, without recursion; where blocks call one another in a circle, in some order. */
function backToFront(blocks: readonly BlockPart[], parts: ReadonlyMap<string, BlockPart>): readonly BlockPart[] {
  const ordered = new Set<BlockPart>()
  const entered = new Set<BlockPart>()
  const open = [...blocks]
  for (let block = open.at(-1); block !== undefined; block = open.at(-1)) {
    const missing = entered.has(block) ? [] : calledBy(block, parts).filter((called) => !entered.has(called))
    entered.add(block)
    if (missing.length > 0) open.push(...missing)
    else ordered.add(open.pop() as BlockPart)
  }
  return [...ordered]
}

/** Whether a block that could not be read answers behind this one, balancers and links between them included. */
function leadsToUnread(block: BlockPart, parts: ReadonlyMap<string, BlockPart>): boolean {
  const reached = new Set(calledBy(block, parts))
  for (const next of reached) {
    const { values, hidesOperations } = parts.get(next.name) ?? next
    if (values === undefined || hidesOperations) return true
    for (const { to, passesOperation } of callsOfBlock(next)) {
      const behind = parts.get(to.block)
      if (passesOperation && behind !== undefined) reached.add(behind)
    }
  }
  return false
}

function calledBy(block: BlockPart, parts: ReadonlyMap<string, BlockPart>): readonly BlockPart[] {
  return callsOfBlock(block).flatMap(({ to }) => parts.get(to.block) ?? [])
}

/** The operations of the blocks that answer at a reference: several where a balancer stands there; undefined if they take any. */
function operationsBehind(
  to: Reference,
  parts: ReadonlyMap<string, BlockPart>,
  known: Map<string, boolean>,
): readonly OperationBehind[] | undefined {
  const found = new Map<string, OperationBehind>()
  const reached = new Set([to.block])
  for (const name of reached) {
    const part = parts.get(name)
    if (part?.values === undefined) return undefined
    const operations = operationsOf(part)
    const passed = callsOfBlock(part).filter(({ passesOperation }) => passesOperation)
    if (operations === undefined && passed.length === 0) return undefined
    for (const call of operations === undefined ? passed : []) reached.add(call.to.block)
    for (const operation of operations ?? []) {
      const isDefault = operation === part.type?.defaultOperation
      const changes = found.get(operation)?.changes === true || leadsToChange({ part, operation }, parts, known)
      found.set(operation, { name: operation, isDefault, changes })
    }
  }
  return [...found.values()]
}

/** A block at work on one operation. */
interface Visit {
  readonly part: BlockPart
  readonly operation: string | undefined
}

/** Whether a call of an operation changes what is stored, at its block or further on. */
function leadsToChange(first: Visit, parts: ReadonlyMap<string, BlockPart>, known: Map<string, boolean>): boolean {
  const reached = new Map([[nameOf(first), first]])
  for (const [name, visit] of reached) {
    if (known.get(name) === false) continue
    const { type, nominal } = visit.part
    const changes = nominal !== undefined && type?.changes?.(visit.operation, nominal as never) === true
    if (changes || known.get(name) === true) {
      known.set(nameOf(first), true)
      return true
    }
    for (const next of visitsFrom(visit, parts)) reached.set(nameOf(next), reached.get(nameOf(next)) ?? next)
  }
  for (const name of reached.keys()) known.set(name, false)
  return false
}

/** Where its calls lead. A call that names no operation requests that of its caller, whether it is handed on or made in turn. */
function visitsFrom({ part, operation }: Visit, parts: ReadonlyMap<string, BlockPart>): readonly Visit[] {
  return partsOfOperation(callsOfBlock(part), operation).flatMap(({ to }) => {
    const next = parts.get(to.block)
    if (next === undefined) return []
    const asked = to.operation ?? operation
    const operations = operationsOf(next)
    const isTaken = operations === undefined || operations.has(asked ?? '')
    return [{ part: next, operation: isTaken ? asked : next.type?.defaultOperation }]
  })
}

function nameOf({ part, operation }: Visit): string {
  return `${part.name} ${operation ?? ''}`
}
