import { type Flow, flowsTo, sessionsOf } from '../before-run/flows.ts'
import { fewer, keyStream, popularity } from '../before-run/key-stream.ts'
import { messageStream } from '../before-run/message-stream.ts'
import { recordedSizes } from '../before-run/recorded-sizes.ts'
import { repeatingOf } from '../before-run/repeating.ts'
import type { Block, Site } from '../blocks/block.ts'
import { type Spacing, unspaced } from '../blocks/spacing.ts'
import { hashName } from '../kernel/random.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'

/** What a block is given, of the run that it is part of. */
export function siteOf(
  name: string,
  run: {
    readonly index: number
    readonly faulty: boolean
    readonly instancesToCome: number | null
    readonly simulation: Simulation
    readonly design: Design
    readonly flows: readonly Flow[]
    /** Those of sources that send before 0 s. */
    readonly before: readonly Flow[]
    readonly startMs: number
    readonly isEmptiedAtStart: boolean
    /** Those built so far, and from `connect` on all. */
    readonly blocks: ReadonlyMap<string, Block>
  },
): Site {
  const { index, faulty, instancesToCome, simulation, design, flows, before, startMs, isEmptiedAtStart, blocks } = run
  const own = (operation: string) => flowsTo(before, name).filter((flow) => flow.operation === operation)
  const passed = (flow: Flow, key: number) => passedShare(flow, key, blocks)
  return {
    name,
    index,
    simulation,
    hash: hashName(name),
    faulty,
    instancesToCome,
    block: (other) => blocks.get(other) as Block,
    repeating: (to, kind) => repeatingOf(design, to, kind),
    sessions: sessionsOf(design, name, flows),
    isAsked: (operation) => flowsTo(flows, name).some((flow) => flow.operation === operation),
    expectedRate: (operation) => own(operation).reduce((sum, flow) => sum + flow.perSecond, 0),
    keyStream: (operation) => keyStream(own(operation), simulation.stream(`${operation}s of ${name} before the start`)),
    popularity: (operation) =>
      popularity(
        own(operation),
        passed,
        (flow) => spacingOf(flow, blocks),
        (flow) => aloneOf(flow, blocks),
      ),
    startMs,
    isEmptiedAtStart,
    recordedSizes: recordedSizes(flowsTo(flows, name)),
    messageStream: () => messageStream(design, flowsTo(flows, name), simulation.stream(`backlog of ${name}`)),
  }
}

/** Share of the calls of a flow for a key that the caches on the way to it do not answer. */
function passedShare(flow: Flow, key: number, blocks: ReadonlyMap<string, Block>): number {
  let share = 1
  for (let at = flow; at.caller !== undefined && at.edge.key === undefined; at = at.caller)
    share *= 1 - (blocks.get(at.caller.block)?.answeredShare?.(at.caller.operation, key) ?? 0)
  return share
}

/** What the caches on the way to a call leave between two for one key: of that which spaces them most. */
function spacingOf(flow: Flow, blocks: ReadonlyMap<string, Block>): Spacing {
  let widest = unspaced
  for (let at = flow; at.caller !== undefined && at.edge.key === undefined; at = at.caller) {
    const block = blocks.get(at.caller.block)
    if (block?.keepsAnswersTo?.(at.caller.operation) === false) break
    const { leastGapMs, streams } = block?.spacing ?? unspaced
    if (leastGapMs / streams > widest.leastGapMs / widest.streams) widest = block?.spacing ?? unspaced
  }
  return widest
}

/** How many keys stand for themselves alone in every cache on the way to a call; null where every key does. */
function aloneOf(flow: Flow, blocks: ReadonlyMap<string, Block>): number | null {
  let alone: number | null = null
  for (let at = flow; at.caller !== undefined && at.edge.key === undefined; at = at.caller)
    alone = fewer(alone, blocks.get(at.caller.block)?.alone ?? null)
  return alone
}

/** Blocks in an order in which each comes after those that call it; where they call one another in a circle, by name. */
export function frontToBack(names: readonly string[], flows: readonly Flow[]): readonly string[] {
  const depths = new Map<string, number>()
  // A call comes after the one on whose behalf it is made.
  const depthOf = new Map<Flow, number>()
  for (const flow of flows) {
    const depth = flow.caller === undefined ? 0 : (depthOf.get(flow.caller) ?? 0) + 1
    depthOf.set(flow, depth)
    depths.set(flow.block, Math.max(depth, depths.get(flow.block) ?? 0))
  }
  return names.toSorted((a, b) => (depths.get(a) ?? 0) - (depths.get(b) ?? 0))
}
