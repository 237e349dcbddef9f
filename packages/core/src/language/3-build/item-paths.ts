import type { MapNode } from '../../support/params/node.ts'

/** The fields of an item such as a step or a fault, by its name: all of them, and the one that stands beside the name. */
export type ItemFields = ReadonlyMap<string, { readonly main: string; readonly fields: ReadonlySet<string> }>

/**
 * Today's path of a field that is written inside the value of an item, where the item has its fields beside its name:
 * `repeat.times` is `repeat`, and `repeat.do` is `do`. Undefined if the path is today's.
 */
export function todaysPath(
  { entries }: MapNode,
  segment: string,
  rest: readonly string[],
  items: ItemFields,
): readonly string[] | undefined {
  const [field, ...tail] = rest
  const item = items.get(segment)
  const value = entries.get(segment)?.value
  if (field === undefined || item === undefined || value === undefined || !item.fields.has(field)) return undefined
  if (value.kind === 'map' && value.entries.has(field)) return undefined
  return field === item.main ? [segment, ...tail] : [field, ...tail]
}
