import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { SourceValues } from '../workloads/source.ts'
import { operationOf } from './flows.ts'

/** Requests that come to what keeps copies must ask for one thing or another: without a key all ask for the same. */
export function checkKeys(design: Design, report: FieldReport): void {
  for (const { name, values } of design.sources) {
    const { requests, replay } = values as unknown as SourceValues
    if (replay !== undefined) continue
    for (const [kind, { to, key }] of Object.entries(requests)) {
      const reader = key === undefined ? readerReached(design, to.block, to.operation, kind) : undefined
      if (reader === undefined) continue
      report({
        code: 'requests-without-key',
        severity: 'warning',
        field: `${name}.requests.${kind}`,
        message: `${kind} reads ${reader} and has no key: every request asks for the same thing`,
        hint: 'say what it asks for, such as `key: zipf 0.9 over 10k`',
      })
    }
  }
}

/** The first block with copies that is read from here on by calls which have the key of the request. */
function readerReached(
  design: Design,
  block: string,
  asked: string | undefined,
  kind: string,
  seen = new Set<string>(),
): string | undefined {
  const found = design.blocks.find(({ name }) => name === block)
  if (found === undefined) return undefined
  const type = blocks.get(found.type)
  const operation = operationOf(type, found, asked, kind)
  const place = `${block} ${operation} ${asked} ${kind}`
  if (seen.has(place)) return undefined
  seen.add(place)
  if (type.risks?.copies !== undefined && type.risks.changes?.(operation) !== true) return block
  for (const { operation: of, to, key, passesOperation } of type.calls?.(found.values) ?? []) {
    if (key !== undefined || (of !== undefined && of !== operation)) continue
    const passes = passesOperation === true
    const next = passes ? asked : to.operation
    const reader = readerReached(design, to.block, next, passes ? kind : (operation ?? kind), seen)
    if (reader !== undefined) return reader
  }
  return undefined
}
