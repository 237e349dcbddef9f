import type { Agenda } from '../kernel/agenda.ts'
import type { Resource } from '../kernel/measured.ts'
import { ChangingCapacity } from './changing-capacity.ts'
import type { Fleet } from './fleet.ts'

/**
 * Resources of instances that come and go, by the capacity of those that have a process.
 * @param capacityOf what one instance has of a resource
 */
export function fleetResources(
  all: readonly Resource[],
  fleet: Fleet,
  agenda: Agenda,
  capacityOf: (instance: number, resource: string) => number,
): readonly Resource[] {
  return all.map((resource) => {
    const { name, areaAt, workBegun } = resource
    const capacity = () => fleet.running.reduce((sum, instance) => sum + capacityOf(instance, name), 0)
    const nominal = capacity()
    const use = new ChangingCapacity(nominal)
    const work = new ChangingCapacity(nominal)
    fleet.onChange(() => {
      const now = capacity()
      use.change(areaAt(agenda.nowMs), now)
      if (workBegun !== undefined) work.change(workBegun(agenda.nowMs), now)
    })
    return {
      ...resource,
      capacity: nominal,
      areaAt: (nowMs) => use.areaAt(areaAt(nowMs)),
      ...(workBegun === undefined ? {} : { workBegun: (nowMs) => work.areaAt(workBegun(nowMs)) }),
    }
  })
}
