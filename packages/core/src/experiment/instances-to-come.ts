import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { comingOf } from '../faults/in-design.ts'
import type { Design } from '../language/design.ts'

/** How many instances may come to a block while it runs; null where no planned change lets any come or go. */
export function instancesToCome(design: Design, name: string): number | null {
  const block = blockNamed(design, name)
  if (block === undefined) return null
  const planned = design.faults.flatMap((chosen) => comingOf(chosen, name))
  if (planned.length === 0) return null
  const initial = instancesOf(blocks.get(block.type), block.values)
  const most = Math.max(initial, ...planned.map(({ size = 0 }) => size))
  return planned.reduce((sum, { times }) => sum + times * most, 0)
}
