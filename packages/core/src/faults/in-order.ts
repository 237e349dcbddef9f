import type { Chosen } from '../support/params.ts'
import { faults } from './index.ts'
import { nameOf } from './timing.ts'

/** A fault of a design, under a name of its own that does not depend on its position. */
export interface IdentifiedFault {
  readonly chosen: Chosen
  /** Of its random numbers: `crash on web`, and `crash on web, 2` for a second one. */
  readonly identity: string
}

/**
 * The faults of a design in an order that does not depend on the file. What a fault is and what it affects names it, so that
 * variants which change its other fields stay paired; several of one kind on the same thing are told apart by their content.
 */
export function inOrder(chosen: readonly Chosen[]): readonly IdentifiedFault[] {
  const sorted = chosen
    .map((one) => ({ chosen: one, base: baseOf(one), content: contentOf(one.values) }))
    .sort((a, b) => compare(a.base, b.base) || compare(a.content, b.content))
  const seen = new Map<string, number>()
  return sorted.map(({ chosen: one, base }) => {
    const number = (seen.get(base) ?? 0) + 1
    seen.set(base, number)
    return { chosen: one, identity: number === 1 ? base : `${base}, ${number}` }
  })
}

function baseOf({ name, values }: Chosen): string {
  return `${name} on ${faults
    .get(name)
    .touches(values as never)
    .map(nameOf)
    .join(' and ')}`
}

/** The fields of a fault as text, whatever their order. */
function contentOf(values: unknown): string {
  return JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)))
      : value,
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
