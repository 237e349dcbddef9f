import { blockNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { affectedBy, faultCycle, isPermanentFault, touchedBy } from '../faults/in-design.ts'
import { inOrder } from '../faults/in-order.ts'
import type { Design } from '../language/design.ts'
import { oncePer } from '../support/once-per.ts'
import type { Chosen } from '../support/params.ts'

/**
 * A steady-state replication meets each fault so many times, on average. Each replication begins as it is after a long time,
 * but one that meets no fault says nothing of it.
 */
const timesMet = 3

/** The fault of a steady-state run that happens most rarely, and the time that a replication needs to meet it. */
export interface RareFault {
  readonly fault: string
  readonly block: string
  /** Mean time from one to the next, over all instances. */
  readonly everyMs: number
  readonly neededMs: number
}

/** Whether there is one of what it affects, whatever the number of instances. */
function isOfOne(chosen: Chosen): boolean {
  return ['lines', 'arrivals'].includes(affectedBy(chosen))
}

/** The rarest of the faults that happen again and again at all times; null if there is none. */
export const rarestFault = oncePer((design: Design): RareFault | null => {
  let rarest: RareFault | null = null
  for (const { chosen } of inOrder(design.faults)) {
    const cycle = isPermanentFault(chosen) ? faultCycle(chosen) : undefined
    const [touched] = touchedBy(chosen)
    if (cycle === undefined || touched === undefined) continue
    const values = blockNamed(design, touched.block)
    const all = values === undefined ? 1 : instancesOf(blocks.get(values.type), values.values)
    const everyMs = cycle.ms / (cycle.isOfAll || touched.instance !== undefined || isOfOne(chosen) ? 1 : all)
    if (rarest === null || everyMs > rarest.everyMs)
      rarest = { fault: chosen.name, block: touched.block, everyMs, neededMs: timesMet * everyMs }
  }
  return rarest
})
