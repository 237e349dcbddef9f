import type { DesignNetwork } from '../before-run/design-network.ts'
import type { Block } from '../blocks/block.ts'
import { type Answering, type Calling, Condition } from '../faults/condition.ts'
import { affectedBy, isPermanentFault, scheduleIn, touchedBy } from '../faults/in-design.ts'
import { inOrder } from '../faults/in-order.ts'
import { PlannedChanges } from '../faults/planned-changes.ts'
import type { FaultyTraffic } from '../faults/traffic.ts'
import { FailingAnswers } from '../kernel/failing-answers.ts'
import { hashName } from '../kernel/random.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import type { Reference } from '../support/params.ts'
import type { Source } from '../workloads/source-at-work.ts'

interface Run {
  readonly blocks: ReadonlyMap<string, Block>
  readonly sources: readonly Source[]
  readonly network: DesignNetwork | null
  readonly simulation: Simulation
  /** Time on the clock at 0 s of the run. */
  readonly leadInMs: number
}

/** Schedules all faults of a design: permanent ones from the lead-in on, the others from 0 s of the run. */
export function scheduleFaults(design: Design, { blocks, sources, network, simulation, leadInMs }: Run): void {
  const { agenda } = simulation
  const failing = new FailingAnswers(simulation)
  const conditions = new Map<string, readonly Condition[]>()
  const conditionsOf = (name: string): readonly Condition[] => {
    const all = conditions.get(name) ?? wellInstancesOf(blocks.get(name) as Block, failing)
    conditions.set(name, all)
    return all
  }
  const plannedOf = new Map<string, PlannedChanges>()
  const plannedAt = (name: string): PlannedChanges | null => {
    const fleet = blocks.get(name)?.fleet ?? null
    if (fleet === null) return null
    const planned = plannedOf.get(name) ?? new PlannedChanges(fleet, conditionsOf(name))
    plannedOf.set(name, planned)
    return planned
  }
  /** A place strikes all that is in it at once; the instances of a block fail each on its own. */
  const groupsOf = (reference: Reference): readonly (readonly Condition[])[] => {
    const { block, instance } = reference
    if (blocks.has(block)) {
      const all = conditionsOf(block)
      return (instance === undefined ? all : all.slice(instance - 1, instance)).map((one) => [one])
    }
    const inPlace = network?.inPlace(reference) ?? []
    return [inPlace.map((one) => conditionsOf(one.block)[one.instance] as Condition)]
  }
  const traffic: FaultyTraffic = {
    multiply: (name, kind, factor) => (sources.find((source) => source.name === name) as Source).multiply(kind, factor),
  }
  for (const { chosen, identity } of inOrder(design.faults)) {
    const fromMs = isPermanentFault(chosen) ? 0 : leadInMs
    scheduleIn(
      {
        agenda: { at: (timeMs, step, frame) => agenda.at(fromMs + timeMs, step, frame) },
        groups: touchedBy(chosen).flatMap(groupsOf),
        scene: {
          network: network && { control: network.roads, sideOf: network.sideOf },
          traffic,
          planned: affectedBy(chosen) === 'fleet' ? plannedAt(touchedBy(chosen)[0]?.block ?? '') : null,
          site: hashName(identity),
        },
        stream: (group) => simulation.stream(`fault ${identity}: ${group}`),
      },
      chosen,
    )
  }
}

/** The instances of a block before any fault. */
function wellInstancesOf(block: Block, failing: FailingAnswers): readonly Condition[] {
  return block.instances.map((one, i) => new Condition(one, answersOf(block, i, failing), callsOf(block, i)))
}

/** The calls of one instance of a block. */
function callsOf({ passages }: Block, instance: number): Calling {
  return { leak: (what) => passages?.leak(instance, what) ?? (() => undefined) }
}

/** The answers of one instance of a block. */
function answersOf(block: Block, instance: number, failing: FailingAnswers): Answering {
  // Of a block with one instance, calls may have the number of something within it, such as the caller of a cache in its memory.
  const number = block.instances.length === 1 ? -1 : instance
  return {
    fail: ({ operation, ...rest }) =>
      failing.begin(block.visits.index, {
        ...rest,
        instance: number,
        operation: operation === undefined ? -1 : block.operation(operation, undefined),
      }),
  }
}
