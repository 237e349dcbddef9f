import type { BlockContext, ContextProblem } from '../block.ts'
import { expectedBytes } from '../object-sizes.ts'
import type { CacheValues } from './params.ts'
import { updates } from './update/index.ts'

/** Fields of a cache that begin with its time to live, where there is none. */
export function withoutEffect(values: CacheValues): readonly ContextProblem[] {
  if (values.ttl !== undefined) return []
  const fields = [
    ...(values['ttl-jitter'] > 0 ? ['ttl-jitter'] : []),
    ...(values.expiry === 'sliding' ? ['expiry'] : []),
    ...(values['stale-while-revalidate'] !== undefined ? ['stale-while-revalidate'] : []),
    ...(updates.get(values.update.name).ahead !== undefined ? ['update'] : []),
  ]
  return fields.map((field) => ({
    code: 'field-without-effect',
    severity: 'warning',
    field,
    message: `${wordsOf(field, values)} has no effect: entries have no time to live`,
    hint: field === 'update' ? 'add a `ttl`, or write `update: read-through`' : `add a \`ttl\`, or remove \`${field}\``,
  }))
}

function wordsOf(field: string, { update }: CacheValues): string {
  if (field === 'update') return `\`update: ${update.name}\``
  return field === 'expiry' ? '`expiry: sliding`' : `\`${field}\``
}

/** A capacity in bytes below the size of an object that is only assumed, or said by the origin. */
export function tooSmallForOne(
  { of, capacity, 'object-size': own }: Pick<CacheValues, 'of' | 'capacity' | 'object-size'>,
  around: () => BlockContext,
): readonly ContextProblem[] {
  if (capacity.unit === 'entries' || own !== undefined) return []
  const { isReplayed, valuesOf } = around()
  if (isReplayed) return []
  const said = valuesOf(of.block)?.['object-size'] as CacheValues['object-size']
  const bytes = Math.ceil(expectedBytes(said))
  if (capacity.amount >= bytes) return []
  const whose = said === undefined ? 'one object (assumed ' : `one object of ${of.block} (`
  return [
    {
      code: 'cache-capacity-too-small',
      severity: 'warning',
      field: 'capacity',
      message: `\`capacity\` is smaller than ${whose}${bytes} B)`,
      hint: said === undefined ? 'raise `capacity`, or set `object-size`' : 'raise `capacity`',
    },
  ]
}
