/**
 * Number of the operation that a call requests: the one it names, or the one that has the name of the request, if the
 * block has it, else the block's own default; -1 if there is none, which the check of a design rules out.
 */
export function operationIndex(
  operations: readonly string[],
  name: string | undefined,
  kind: string | undefined,
  fallback: string,
): number {
  const asked = name ?? kind
  const own = asked === undefined ? -1 : operations.indexOf(asked)
  return own >= 0 ? own : operations.indexOf(fallback)
}
