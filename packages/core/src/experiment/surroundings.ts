import type { Surroundings } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { Reference } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { blockNamed } from './named.ts'

/** Who calls a block, where the traffic comes from that reaches it, and what befalls it. */
export function surroundingsOf(design: Design, name: string): Surroundings {
  const callers = new Map<string, string[]>()
  const add = (caller: string, to: Reference) => callers.set(to.block, [...(callers.get(to.block) ?? []), caller])
  for (const block of design.blocks) {
    for (const { to } of blocks.get(block.type).calls?.(block.values) ?? []) add(block.name, to)
  }
  const sources = new Map(design.sources.map((source) => [source.name, source.values as unknown as SourceValues]))
  for (const [source, { requests }] of sources) for (const { to } of Object.values(requests)) add(source, to)
  const reached = new Set([name])
  for (const block of reached) for (const caller of callers.get(block) ?? []) reached.add(caller)
  return {
    callers: [...new Set(callers.get(name) ?? [])],
    sources: [...reached].flatMap((one) => {
      const values = sources.get(one)
      return values === undefined ? [] : [{ name: one, sessions: values.sessions }]
    }),
    isReplayed: [...sources.values()].some(({ replay }) => replay !== undefined),
    valuesOf: (block) => blockNamed(design, block)?.values,
    hasFaults: design.faults.some(({ values }) => (values.on as Reference | undefined)?.block === name),
  }
}
