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

/** An operation of whatever answers at a reference. */
export interface OperationBehind {
  readonly name: string
  /** Whether a call that names no operation of the block gets this one. */
  readonly isDefault: boolean
  /** Whether it leads to a change of what is stored, or to a message. */
  readonly changes: boolean
}
