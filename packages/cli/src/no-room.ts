/** Why something cannot be written although one may write there, and what helps; null if it is something else. */
export function noRoom(error: unknown): { readonly why: string; readonly hint: string } | null {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return { why: 'the disk is full', hint: 'make room, or write to another disk' }
  if (code === 'EDQUOT')
    return { why: 'your quota of the disk is used up', hint: 'make room, or write to another disk' }
  if (code === 'EFBIG') return { why: 'files here may not be so large', hint: 'raise the limit: `ulimit -f`' }
  return null
}
