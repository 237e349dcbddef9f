import type { BlockContext } from '../blocks/block.ts'
import { comingOf } from '../faults/in-design.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { Reference } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { faultyBlocks } from './design-network.ts'
import { blockNamed } from './named.ts'
import { callsIn } from './of-block.ts'

const sourcesIn = oncePer(
  ({ sources }: Design) => new Map(sources.map(({ name, values }) => [name, values as unknown as SourceValues])),
)

/** Names of the blocks and sources that call a block, by its name. */
const callersIn = oncePer((design: Design): ReadonlyMap<string, ReadonlySet<string>> => {
  const callers = new Map<string, Set<string>>()
  const add = (caller: string, { block }: Reference) => {
    const known = callers.get(block)
    if (known === undefined) callers.set(block, new Set([caller]))
    else known.add(caller)
  }
  for (const block of design.blocks) for (const { to } of callsIn(block)) add(block.name, to)
  for (const [source, { requests }] of sourcesIn(design)) {
    for (const { to } of Object.values(requests)) add(source, to)
  }
  return callers
})

function sendsKeys(source: SourceValues | undefined): boolean {
  if (source === undefined) return false
  return source.replay !== undefined || Object.values(source.requests).some(({ key }) => key !== undefined)
}

/** Who calls a block, where the traffic comes from that reaches it, and what affects it. */
export function surroundingsOf(design: Design, name: string): BlockContext {
  const callers = callersIn(design)
  const sources = sourcesIn(design)
  const reached = new Set([name])
  for (const block of reached) for (const caller of callers.get(block) ?? []) reached.add(caller)
  return {
    callers: [...(callers.get(name) ?? [])],
    sources: [...reached].flatMap((one) => {
      const values = sources.get(one)
      return values === undefined ? [] : [{ name: one, sessions: values.sessions }]
    }),
    isReplayed: [...sources.values()].some(({ replay }) => replay !== undefined),
    isKeyed:
      [...reached].some((one) => sendsKeys(sources.get(one))) ||
      design.blocks.some((block) => reached.has(block.name) && callsIn(block).some(({ key }) => key !== undefined)),
    valuesOf: (block) => blockNamed(design, block)?.values,
    mayGrow: (block) => design.faults.some((fault) => comingOf(fault, block).length > 0),
    hasFaults: faultyBlocks(design, 'instances').has(name),
  }
}
