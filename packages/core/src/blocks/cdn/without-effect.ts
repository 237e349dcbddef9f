import type { ContextProblem } from '../block.ts'
import type { CdnValues } from './params.ts'

/** Fields of a CDN that belong to the other way of getting files to its PoPs, or to other names. */
export function withoutEffect(values: CdnValues): readonly ContextProblem[] {
  const { content, names, upload, rewrite, revalidation } = values
  const isPull = content === 'pull'
  return [
    ...(isPull && isGiven(upload) ? [without('upload', 'files are pulled, not uploaded', push)] : []),
    ...(isPull && names === 'stable' && rewrite > 0
      ? [without('rewrite', 'files keep their names', 'write `names: versioned`, or remove `rewrite`')]
      : []),
    ...(isPull ? [] : overfull(values)),
    ...(!isPull && values['stale-while-revalidate'] !== undefined ? [pulledOnly('stale-while-revalidate')] : []),
    ...(!isPull && revalidation !== 'conditional' ? [pulledOnly('revalidation')] : []),
    ...(!isPull && rewrite > 0 ? [pulledOnly('rewrite')] : []),
  ]
}

/** What is uploaded are files by their number, and endpoints have the same numbers. */
export function pushedFromSeveral({ of, content, endpoints }: CdnValues): readonly ContextProblem[] {
  if (content === 'pull' || endpoints === undefined) return []
  return [
    {
      field: 'content',
      message: `\`content: push\` needs one endpoint, and the CDN is in front of all endpoints of \`${of.block}\``,
      hint: `name the endpoint, such as \`of: ${of.block}.${endpoints[0]?.name ?? ''}\`, or write \`content: pull\``,
    },
  ]
}

const push = 'write `content: push`, or remove `upload`'

function pulledOnly(field: string): ContextProblem {
  return without(field, 'a pushed file stays until it is replaced', `remove \`${field}\`, or write \`content: pull\``)
}

function without(field: string, why: string, hint: string): ContextProblem {
  const message = `\`${field}\` has no effect: ${why}`
  return { code: 'field-without-effect', severity: 'warning', field, message, hint }
}

/** Whether an upload differs from the one that is assumed where none is given. */
function isGiven({ delay, lost, files }: CdnValues['upload']): boolean {
  const isUsual = delay.name === 'constant' && delay.values.value === 5000
  return files > 0 || lost > 0 || !isUsual
}

/** More files from the start than there is room for. */
function overfull({ upload: { files }, capacity, pops }: CdnValues): readonly ContextProblem[] {
  if (capacity.unit === 'bytes') return []
  const own = typeof pops === 'number' ? [] : pops.map((pop) => pop.capacity?.amount ?? capacity.amount)
  const most = own.length === 0 ? capacity.amount : Math.max(...own)
  if (files <= most) return []
  return [
    {
      code: 'field-without-effect',
      severity: 'warning',
      field: 'upload.files',
      message: `a PoP has room for ${most} of ${files} files`,
      hint: 'give it more `capacity`, or upload fewer `files`',
    },
  ]
}
