/** What the fuzzer has found wrong. */
export interface Failure {
  /** What kind of failure it is, without names and numbers of the case: shrinking keeps to it. */
  readonly check: string
  readonly detail: string
}

/** A failure of what has thrown. */
export function failureOf(thrown: unknown): Failure {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const detail = thrown instanceof Error ? (thrown.stack ?? message) : message
  return { check: `threw: ${withoutCase(message)}`, detail }
}

/** What is particular to one design: names of its blocks, and numbers. */
function withoutCase(message: string): string {
  return message
    .replace(/\b[a-z-]+-\d+\b/g, 'a-block')
    .replace(/-?\d+(\.\d+)?(e[+-]?\d+)?/g, 'n')
    .slice(0, 160)
}
