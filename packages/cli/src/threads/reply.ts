import type { Replicate, Task } from '@loadpath/core'

/** What comes back from a thread: errors lose their class on the way, so they travel as data. */
export type Reply =
  | { readonly replicate: Replicate }
  | { readonly failure: Failure }
  /** It was told to stop before it began. */
  | { readonly leftOut: true }

export interface Failure {
  readonly name: string
  readonly message: string
  readonly stack: string
}

export function describeFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), stack: '' }
  return { name: error.name, message: error.message, stack: error.stack ?? '' }
}

/** A replication ended with an error of our own: which one, so that it can be repeated. */
export class ReplicationFailure extends Error {
  override readonly name = 'ReplicationFailure'
  readonly failure: Failure
  readonly task: Pick<Task, 'seed' | 'replication' | 'workFactor'>

  constructor(failure: Failure, { seed, replication, workFactor }: Task) {
    super(failure.message)
    this.failure = failure
    this.task = { seed, replication, workFactor }
  }
}
