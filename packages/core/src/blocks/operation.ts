/**
 * Number of the operation that a call asks for: the one it names, else the one that bears the name of the request,
 * else the block's own default; -1 if there is none.
 */
export function operationIndex(
  operations: readonly string[],
  name: string | undefined,
  kind: string | undefined,
  fallback: string,
): number {
  if (name !== undefined) return operations.indexOf(name)
  const own = kind === undefined ? -1 : operations.indexOf(kind)
  return own >= 0 ? own : operations.indexOf(fallback)
}
