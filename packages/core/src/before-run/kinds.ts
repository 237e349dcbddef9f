import type { RequestKind } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { SourceValues } from '../workloads/source.ts'

/** All kinds of request of a design, in name order of their sources. */
export const kindsOf = oncePer((design: Design): readonly RequestKind[] => {
  const sources = [...design.sources].sort((a, b) => (a.name < b.name ? -1 : 1))
  return sources
    .flatMap((source) =>
      Object.keys((source.values as unknown as SourceValues).requests)
        .sort()
        .map((name) => ({ source: source.name, name })),
    )
    .map((kind, index) => ({ ...kind, index }))
})

/** Names of the blocks of a design in the order in which a run numbers them. */
export const blockNames = oncePer((design: Design): readonly string[] =>
  design.blocks.map((block) => block.name).sort(),
)
