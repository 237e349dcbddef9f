import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import { type Flow, followRequests } from './flows.ts'

/** Lives of an entry after which little of the start is left. */
const lives = 2

/**
 * How long it takes until caches that stand behind other caches have forgotten what they were warmed with, in ms: each is
 * warmed by all reads that lead to it, of which those before it answer some. Times to live add up from tier to tier; the
 * first is right from the start.
 */
export function innerTiersMs(design: Design): number {
  const named = new Map(design.blocks.map((block) => [block.name, block]))
  const ttlOf = ({ block, operation }: Flow): number | undefined => {
    const found = named.get(block)
    const risks = found && blocks.get(found.type).risks
    if (found === undefined || risks?.copies === undefined || risks.changes?.(operation) === true) return undefined
    return risks.copies(found.values as never).ttlMs ?? 0
  }
  let mostMs = 0
  for (const flow of followRequests(design)) {
    const ttls: number[] = []
    for (let at: Flow | undefined = flow; at !== undefined; at = at.caller) {
      const ttlMs = ttlOf(at)
      if (ttlMs !== undefined) ttls.push(ttlMs)
    }
    mostMs = Math.max(
      mostMs,
      ttls.slice(0, -1).reduce((sum, ttlMs) => sum + lives * ttlMs, 0),
    )
  }
  return mostMs
}
