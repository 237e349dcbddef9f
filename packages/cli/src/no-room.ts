/** Returns the cause and the remedy of a write that failed for lack of space, or null for another error. */
export function noRoom(error: unknown): { readonly why: string; readonly hint: string } | null {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return { why: 'the disk is full', hint: 'free space, or write to another disk' }
  if (code === 'EDQUOT') return { why: 'the disk quota is used up', hint: 'free space, or write to another disk' }
  if (code === 'EFBIG')
    return { why: 'the file exceeds the size limit of the system', hint: 'raise the limit: `ulimit -f`' }
  return null
}
