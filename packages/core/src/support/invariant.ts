/** Our own mistake: never a wrong design and never a failure of the simulated world. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation'
}

/** Stops the run when something that must hold does not. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message)
}
