import type { BlockPart } from '../language/2-check/parts.ts'
import type { ReferenceTarget } from '../support/params/reference.ts'
import type { Dice } from './dice.ts'

/** What is known of a block that can be referred to. */
export interface Existing {
  readonly name: string
  readonly type: string
  readonly part: BlockPart
  readonly operations: readonly string[]
  readonly instances: number
}

export interface ExistingPlace {
  readonly name: string
  readonly zones: number
}

/** What a design has so far. */
export interface Known {
  /** The last one first. */
  readonly blocks: readonly Existing[]
  readonly places: readonly ExistingPlace[]
  /** The names of its sources of traffic. */
  readonly sources: readonly string[]
}

/** A name of something that exists; undefined if nothing fits. */
export function refer(
  dice: Dice,
  { blocks, places, sources }: Known,
  target: ReferenceTarget,
  accepts: readonly string[] | undefined,
): string | undefined {
  if (target === 'traffic' || target === 'source') return sources.length === 0 ? undefined : dice.pick(sources)
  const isPart = target === 'part' || target === 'part-disk' || target === 'part-operation'
  const isPlace = target === 'place' || (isPart && places.length > 0 && dice.happens(0.4))
  if (isPlace) return referToPlace(dice, places)
  const fitting = blocks.filter(({ type }) => accepts === undefined || accepts.includes(type))
  if (fitting.length === 0) return undefined
  // Mostly the next one: chains of calls are deeper than stars.
  const { name, operations, instances, part } = dice.happens(0.4) ? (fitting[0] as Existing) : dice.pick(fitting)
  const mayBeOperation = target === 'operation' || target === 'part-operation'
  if (mayBeOperation && operations.length > 0 && dice.happens(0.4)) return `${name}.${dice.pick(operations)}`
  const hasDisk = target === 'part-disk' && part.nominal !== undefined && part.type?.hasDisk?.(part.nominal as never)
  if (hasDisk === true && dice.happens(0.5)) return `${name}.disk`
  const mayBeInstance = (target === 'instance' || isPart) && instances > 1
  if (mayBeInstance && dice.happens(0.5)) return `${name}.${dice.whole(1, instances)}`
  return name
}

function referToPlace(dice: Dice, places: readonly ExistingPlace[]): string | undefined {
  if (places.length === 0) return undefined
  const { name, zones } = dice.pick(places)
  return zones > 1 && dice.happens(0.5) ? `${name}.zone-${dice.whole(1, zones)}` : name
}
