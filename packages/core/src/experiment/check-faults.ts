import { partsIn } from '../before-run/design-network.ts'
import { blockNamed, sourceNamed } from '../before-run/named.ts'
import { blocks } from '../blocks/index.ts'
import { instancesOf } from '../blocks/instances-of.ts'
import type { FaultContext } from '../faults/context.ts'
import { affectedBy, contextProblems, touchedBy } from '../faults/in-design.ts'
import { nameOf, type TimingValues } from '../faults/timing.ts'
import type { BlockValues, Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { Chosen, Reference } from '../support/params.ts'
import { checkCrossing } from './check-crossing.ts'

/** What must hold between a fault and the rest of its design. */
export function checkFaults(design: Design, report: FieldReport): void {
  const context = contextOf(design)
  for (const [index, fault] of design.faults.entries()) {
    const at = `faults.${index + 1}`
    checkCount(design, fault, at, report)
    checkSize(design, fault, at, report)
    checkCrossing(design, fault, at, report)
    for (const { field, ...problem } of contextProblems(fault, context)) report({ ...problem, field: `${at}.${field}` })
  }
}

function contextOf(design: Design): FaultContext {
  return {
    sourceValues: (name) => sourceNamed(design, name),
    poolsOf: (reference) =>
      blocksIn(design, reference).flatMap(({ type, values }) =>
        [...(blocks.get(type).measuredOfCalls?.(values) ?? [])].flatMap(([to, guards]) =>
          guards.includes('pool') ? [to] : [],
        ),
      ),
    canAffect: (reference, what) =>
      blocksIn(design, reference).some(
        ({ type, values }) => blocks.get(type).affectedBy?.(values).includes(what) === true,
      ),
  }
}

/** The blocks that a reference to a block, an instance or a place means. */
function blocksIn(design: Design, reference: Reference): readonly BlockValues[] {
  const own = blockNamed(design, reference.block)
  if (own !== undefined) return [own]
  const names = new Set(partsIn(design, reference))
  return design.blocks.filter(({ name }) => names.has(name))
}

/** A fault cannot strike more instances than there are. */
function checkCount(design: Design, fault: Chosen, at: string, report: FieldReport): void {
  const { count } = fault.values as TimingValues
  const [on] = touchedBy(fault)
  const block = on && blockNamed(design, on.block)
  if (count === undefined || !('number' in count) || block === undefined) return
  const total = on?.instance === undefined ? instancesOf(blocks.get(block.type), block.values) : 1
  if (count.number <= total) return
  const hint = `write \`count: ${total}\` or fewer, or give \`${block.name}\` more instances`
  report(`${at}.count`, `the fault strikes ${count.number} instances of ${total}`, hint)
}

/** A place in which nothing is has nothing to fail. */
function checkSize(design: Design, fault: Chosen, at: string, report: FieldReport): void {
  for (const touched of touchedBy(fault)) {
    const isPlace = (design.places ?? []).some(({ name }) => name === touched.block)
    const inIt = partsIn(design, touched)
    const counted = affectedBy(fault) === 'lines' ? inIt : inIt.filter((one) => blockNamed(design, one) !== undefined)
    if (!isPlace || counted.length > 0) continue
    const name = nameOf(touched)
    report({
      code: 'fault-without-effect',
      severity: 'warning',
      field: at,
      message: `\`${fault.name}\` has no effect: no block is in \`${name}\``,
      hint: `put a block there: \`in: ${name}\``,
    })
  }
}
