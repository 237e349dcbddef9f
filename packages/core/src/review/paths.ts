import type { Flow } from '../before-run/flows.ts'
import { blocks } from '../blocks/index.ts'
import type { Risks } from '../blocks/risks.ts'
import type { BlockValues } from '../language/design.ts'
import type { Reference } from '../support/params.ts'

/** What the type of a block says of its risks. */
export function risksOf(block: BlockValues): Risks<never> {
  return blocks.get(block.type).risks ?? {}
}

/** Whether an operation of the block changes what is stored. */
export function changesStored({ type, values }: BlockValues, operation: string | undefined): boolean {
  return blocks.get(type).changes?.(operation, values as never) === true
}

/** The callers of a call that wait for it, the nearest first. */
export function waitingCallers(flow: Flow): readonly Flow[] {
  const callers: Flow[] = []
  for (let at = flow; at.edge.detached !== true && at.caller !== undefined; at = at.caller) callers.push(at.caller)
  return callers
}

/** Whether the call is made, at some remove, on behalf of this one. */
export function isBelow(flow: Flow, above: Flow): boolean {
  for (let at: Flow | undefined = flow; at !== undefined; at = at.caller) if (at === above) return true
  return false
}

/** Whether the call is made, at some remove, by this block. */
export function isMadeFor({ caller }: Flow, block: string): boolean {
  for (let at = caller; at !== undefined; at = at.caller) if (at.block === block) return true
  return false
}

/** Who makes the call: a block, or a kind of request. */
export function makerOf({ caller, source, kind }: Flow): string {
  return caller?.block ?? `${source}.${kind}`
}

/** The whole block, as a reference names it. */
export function nameOf({ block, operation }: Reference): string {
  return operation === undefined ? block : `${block}.${operation}`
}

/** The kinds of request in these flows, in words. */
export function kindsIn(flows: readonly Flow[]): string {
  const kinds = [...new Set(flows.map(({ kind }) => `\`${kind}\``))]
  return kinds.length < 2 ? kinds.join('') : `${kinds.slice(0, -1).join(', ')} and ${kinds.at(-1)}`
}

/** The name of the request or of the operation for which a call is made. */
export function nameOfMaking({ caller, kind }: Flow): string {
  return caller?.operation ?? kind
}
