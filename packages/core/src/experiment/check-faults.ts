import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import { touchedBy } from '../faults/in-design.ts'
import type { TimingValues } from '../faults/timing.ts'
import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import { blockNamed } from './named.ts'

/** A fault cannot strike more instances than there are. */
export function checkFaults(design: Design, report: FieldReport): void {
  for (const [index, fault] of design.faults.entries()) {
    const { count } = fault.values as TimingValues
    const [on] = touchedBy(fault)
    const block = on && blockNamed(design, on.block)
    if (count === undefined || !('number' in count) || block === undefined) continue
    const total = on?.instance === undefined ? instancesOf(blocks.get(block.type), block.values) : 1
    if (count.number <= total) continue
    const hint = `write \`count: ${total}\` or fewer, or give \`${block.name}\` more instances`
    report(`faults.${index + 1}.count`, `the fault strikes ${count.number} instances of ${total}`, hint)
  }
}
