import type { RequestKind } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import type { SourceValues } from '../workloads/source.ts'

/** All kinds of request of a design, in name order of their sources. */
export function kindsOf(design: Design): readonly RequestKind[] {
  const sources = [...design.sources].sort((a, b) => (a.name < b.name ? -1 : 1))
  return sources
    .flatMap((source) =>
      Object.keys((source.values as unknown as SourceValues).requests)
        .sort()
        .map((name) => ({ source: source.name, name })),
    )
    .map((kind, index) => ({ ...kind, index }))
}

/** Names of the blocks of a design in the order in which a run numbers them. */
export function blockNames(design: Design): readonly string[] {
  return design.blocks.map((block) => block.name).sort()
}
