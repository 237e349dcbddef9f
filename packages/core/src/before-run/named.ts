import type { BlockValues, Design, FieldValues } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'

const blocksOf = oncePer(({ blocks }: Design) => new Map(blocks.map((block) => [block.name, block])))
const sourcesOf = oncePer(({ sources }: Design) => new Map(sources.map(({ name, values }) => [name, values])))

/** Returns the block of this name, or undefined if the design has none. Takes constant time. */
export function blockNamed(design: Design, name: string): BlockValues | undefined {
  return blocksOf(design).get(name)
}

/** Returns the values of the source of this name, or undefined if the design has none. Takes constant time. */
export function sourceNamed(design: Design, name: string): FieldValues | undefined {
  return sourcesOf(design).get(name)
}
