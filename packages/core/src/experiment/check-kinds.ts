import { blockNamed } from '../before-run/named.ts'
import { callsIn, operationsIn } from '../before-run/of-block.ts'
import { blocks } from '../blocks/index.ts'
import type { BlockValues, Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import { oncePer } from '../support/once-per.ts'
import type { SourceValues } from '../workloads/source.ts'

/** What comes to a cache is a read of it, whatever the request is called: that of another operation behind it is none. */
export function checkKinds(design: Design, report: FieldReport): void {
  for (const { name, values } of design.sources) {
    const { requests } = values as unknown as SourceValues
    for (const [kind, { to }] of Object.entries(requests)) {
      const block = blockNamed(design, to.block)
      if (block === undefined || to.operation !== undefined || operationsIn(block)?.has(kind)) continue
      const of = blocks.get(block.type).risks?.copies?.(block.values as never).of
      const origin = of && behind(design, of.block)
      if (of === undefined || origin === undefined || (of.operation ?? 'read') === kind) continue
      if (operationsIn(origin)?.has(kind) !== true) continue
      report({
        code: 'request-taken-for-a-read',
        severity: 'warning',
        field: `${name}.requests.${kind}`,
        message: `\`${block.name}\` treats \`${kind}\` as a read, but \`${origin.name}\` has that operation`,
        hint: `write \`to: ${origin.name}.${kind}\`, or \`to: ${block.name}.read\` for a read`,
      })
    }
  }
}

const passedOn = oncePer((block: BlockValues) => callsIn(block).find(({ passesOperation }) => passesOperation))

/** The block that answers: links and balancers hand on what they are requested. */
function behind(design: Design, name: string): BlockValues | undefined {
  const seen = new Set<string>()
  for (let at = name; !seen.has(at); ) {
    seen.add(at)
    const block = blockNamed(design, at)
    const next = block && passedOn(block)
    if (next === undefined) return block
    at = next.to.block
  }
  return undefined
}
