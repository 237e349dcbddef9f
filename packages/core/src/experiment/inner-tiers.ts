import { type Flow, followRequests } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import type { RunValues } from '../before-run/run-params.ts'
import { blocks } from '../blocks/index.ts'
import { createKeys } from '../keys/index.ts'
import type { Design } from '../language/design.ts'

/** Lives of an entry after which little of the start is left. */
const lives = 2
/** Changes of a key after which little of the start is left, where nothing else ends an entry. */
const changesOfAKey = 5
/** Requests that are recalled at most before the start of a replication. */
const mostRecalled = 50_000

/** How long requests are recalled before a replication, and how long after 0 the start still shows; ms. */
export interface Settling {
  readonly pastMs: number
  readonly unsettledMs: number
}

/**
 * Caches behind caches, and caches that follow changes of several objects, are not what the distribution of a single cache says. They
 * begin from it, and requests are recalled until their entries have come and gone. Times to live add up from tier to tier;
 * the first tier is right from the start.
 */
export function settlingOf(design: Design, flows: readonly Flow[] = followRequests(design)): Settling {
  const perMs = flows.reduce((sum, flow) => sum + (flow.caller === undefined ? flow.perSecond / 1000 : 0), 0)
  const neededMs = innerTiersMs(design, flows) + changesMs(design, flows)
  if (neededMs === 0 || perMs === 0) return { pastMs: 0, unsettledMs: 0 }
  const { bounds } = design.run as unknown as RunValues
  const mostMs = canRecall(flows) ? Math.min(mostRecalled, bounds.events) / perMs : 0
  const pastMs = Math.min(neededMs, mostMs)
  return { pastMs, unsettledMs: Number.isFinite(neededMs) ? neededMs - pastMs : 0 }
}

/** Whether it is known what was requested: a trace, or popularity that shifts, begins at 0. */
function canRecall(flows: readonly Flow[]): boolean {
  return flows.every(({ key, replayed }) => {
    if (replayed !== undefined) return false
    return key === undefined || key.name === 'session' || createKeys(key).shareOf !== undefined
  })
}

/** How long caches behind caches take to forget what they begin with. */
function innerTiersMs(design: Design, flows: readonly Flow[]): number {
  // A call comes after the one on whose behalf it is made: of each it is known what its way so far takes.
  const before = new Map<Flow, { readonly tiers: number; readonly innerMs: number }>()
  let mostMs = 0
  for (const flow of flows) {
    const { tiers, innerMs } = (flow.caller && before.get(flow.caller)) ?? { tiers: 0, innerMs: 0 }
    const copies = copiesOf(design, flow)
    const own = copies === undefined || tiers === 0 ? 0 : lives * (copies.ttlMs ?? Number.POSITIVE_INFINITY)
    before.set(flow, { tiers: tiers + (copies === undefined ? 0 : 1), innerMs: innerMs + own })
    mostMs = Math.max(mostMs, innerMs + own)
  }
  return mostMs
}

/** How long it takes until changes have ended the entries that a cache begins with. */
function changesMs(design: Design, flows: readonly Flow[]): number {
  const changesPerSecond = flows.reduce((sum, flow) => sum + (isChange(design, flow) ? flow.perSecond : 0), 0)
  if (changesPerSecond === 0) return 0
  return flows.reduce((mostMs, flow) => {
    const copies = copiesOf(design, flow)
    if (copies?.followsChanges !== true || flow.key === undefined) return mostMs
    const byChangesMs = (changesOfAKey * createKeys(flow.key).keys * 1000) / changesPerSecond
    return Math.max(mostMs, Math.min(byChangesMs, lives * (copies.ttlMs ?? Number.POSITIVE_INFINITY)))
  }, 0)
}

/** A change that comes to what is stored; those on the way to it are the same. */
function isChange(design: Design, { block, operation }: Flow): boolean {
  const found = blockNamed(design, block)
  const type = found && blocks.get(found.type)
  return type?.risks?.copies === undefined && type?.changes?.(operation, found?.values as never) === true
}

/** What a block keeps copies of, if the call reads them. */
function copiesOf(design: Design, { block, operation }: Flow) {
  const found = blockNamed(design, block)
  if (found === undefined) return undefined
  const { risks, changes } = blocks.get(found.type)
  if (changes?.(operation, found.values as never) === true) return undefined
  return risks?.copies?.(found.values as never)
}
