import type { Block } from '../blocks/block.ts'
import { Condition } from '../faults/condition.ts'
import { isPermanentFault, scheduleIn, touchedBy } from '../faults/in-design.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Design } from '../language/design.ts'
import type { Reference } from '../support/params.ts'

interface Run {
  readonly blocks: ReadonlyMap<string, Block>
  readonly simulation: Simulation
  /** Time on the clock at 0 s of the run. */
  readonly leadInMs: number
}

/** Schedules all faults of a design: permanent ones from the lead-in on, the others from 0 s of the run. */
export function scheduleFaults(design: Design, { blocks, simulation, leadInMs }: Run): void {
  const { agenda } = simulation
  const conditions = new Map<string, readonly Condition[]>()
  const conditionsOf = ({ block, instance }: Reference): readonly Condition[] => {
    const all = conditions.get(block) ?? (blocks.get(block) as Block).instances.map((one) => new Condition(one))
    conditions.set(block, all)
    return instance === undefined ? all : all.slice(instance - 1, instance)
  }
  design.faults.forEach((chosen, i) => {
    const touched = touchedBy(chosen)
    const fromMs = isPermanentFault(chosen) ? 0 : leadInMs
    scheduleIn(
      {
        agenda: { at: (timeMs, step, frame) => agenda.at(fromMs + timeMs, step, frame) },
        instances: touched.flatMap(conditionsOf),
        stream: (instance) => simulation.stream(`fault ${i} on ${touched[0]?.block} ${instance}`),
      },
      chosen,
    )
  })
}
