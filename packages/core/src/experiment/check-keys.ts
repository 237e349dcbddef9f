import type { Edge } from '../blocks/block.ts'
import { blocks } from '../blocks/index.ts'
import type { Design } from '../language/design.ts'
import type { FieldReport } from '../support/definition.ts'
import type { SourceValues } from '../workloads/source.ts'
import { foldWays, type Visit, visitOf } from './ways.ts'

/** Requests that come to what keeps copies must request one thing or another: without a key all request the same. */
export function checkKeys(design: Design, report: FieldReport): void {
  const known = new Map<string, string | null>()
  for (const { name, values } of design.sources) {
    const { requests, replay } = values as unknown as SourceValues
    if (replay !== undefined) continue
    for (const [kind, { to, key }] of Object.entries(requests)) {
      const first = key === undefined ? visitOf(design, to.block, to.operation, kind) : undefined
      const reader = first === undefined ? null : foldWays(design, first, known, readerOf)
      if (reader === null) continue
      report({
        code: 'requests-without-key',
        severity: 'warning',
        field: `${name}.requests.${kind}`,
        message: `${kind} has no key: all requests read the same object of ${reader}`,
        hint: 'add a key, for example `key: zipf 0.9 over 10k`',
      })
    }
  }
}

/** Returns the first block with copies that calls read which have the key of the request, or null if none does. */
function readerOf({ block, operation }: Visit, below: readonly { edge: Edge; found: string | null }[]): string | null {
  const { risks, changes } = blocks.get(block.type)
  if (risks?.copies !== undefined && changes?.(operation, block.values as never) !== true) return block.name
  return below.find(({ edge, found }) => edge.key === undefined && found !== null)?.found ?? null
}
