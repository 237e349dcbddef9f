import type { Block } from '../blocks/block.ts'
import { Condition } from '../faults/condition.ts'
import { isPermanentFault, scheduleIn, touchedBy } from '../faults/in-design.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import type { Reference } from '../support/params.ts'
import type { DesignNetwork } from './design-network.ts'

interface Run {
  readonly blocks: ReadonlyMap<string, Block>
  readonly network: DesignNetwork | null
  readonly simulation: Simulation
  /** Time on the clock at 0 s of the run. */
  readonly leadInMs: number
}

/** Schedules all faults of a design: permanent ones from the lead-in on, the others from 0 s of the run. */
export function scheduleFaults(design: Design, { blocks, network, simulation, leadInMs }: Run): void {
  const { agenda } = simulation
  const conditions = new Map<string, readonly Condition[]>()
  const conditionsOf = (name: string): readonly Condition[] => {
    const all = conditions.get(name) ?? (blocks.get(name) as Block).instances.map((one) => new Condition(one))
    conditions.set(name, all)
    return all
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
  design.faults.forEach((chosen, i) => {
    const touched = touchedBy(chosen)
    const fromMs = isPermanentFault(chosen) ? 0 : leadInMs
    scheduleIn(
      {
        agenda: { at: (timeMs, step, frame) => agenda.at(fromMs + timeMs, step, frame) },
        groups: touched.flatMap(groupsOf),
        network: network && { control: network.roads, sideOf: network.sideOf },
        stream: (group) => simulation.stream(`fault ${i} on ${touched[0]?.block} ${group}`),
      },
      chosen,
    )
  })
}
