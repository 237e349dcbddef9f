import { blocks } from '../blocks/index.ts'
import type { BlockValues, Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { SourceValues } from '../workloads/source.ts'
import { blockNamed } from './named.ts'

/** What comes to a cache is a read of it, whatever the request is called: that of another operation behind it is none. */
export function checkKinds(design: Design, report: FieldReport): void {
  for (const { name, values } of design.sources) {
    const { requests } = values as unknown as SourceValues
    for (const [kind, { to }] of Object.entries(requests)) {
      const block = blockNamed(design, to.block)
      const type = block && blocks.get(block.type)
      if (block === undefined || to.operation !== undefined || type?.operations?.(block.values).includes(kind)) continue
      const of = type?.risks?.copies?.(block.values as never).of
      const origin = of && behind(design, of.block)
      if (of === undefined || origin === undefined || (of.operation ?? 'read') === kind || !hasOwn(origin, kind))
        continue
      report({
        code: 'request-taken-for-a-read',
        severity: 'warning',
        field: `${name}.requests.${kind}`,
        message: `${kind} comes to ${block.name} as a read of ${of.block}${of.operation === undefined ? '' : `.${of.operation}`}, and ${origin.name} has an operation ${kind}`,
        hint: `send it past the cache, \`to: ${origin.name}.${kind}\`, or write \`to: ${block.name}.read\` if a read is meant`,
      })
    }
  }
}

function hasOwn({ type, values }: BlockValues, operation: string): boolean {
  return blocks.get(type).operations?.(values).includes(operation) === true
}

/** The block that answers: links and balancers hand on what they are asked for. */
function behind(design: Design, name: string): BlockValues | undefined {
  const seen = new Set<string>()
  for (let at = name; !seen.has(at); ) {
    seen.add(at)
    const block = blockNamed(design, at)
    const next =
      block &&
      blocks
        .get(block.type)
        .calls?.(block.values)
        ?.find(({ passesOperation }) => passesOperation)
    if (next === undefined) return block
    at = next.to.block
  }
  return undefined
}
