import { replicate, type Task } from '@loadpath/core'
import { describeFailure, type Reply } from './reply.ts'

/** Runs one replication on this thread. */
export function runTask(task: Task): Reply {
  try {
    return { replicate: replicate(task, () => performance.now()) }
  } catch (error) {
    return { failure: describeFailure(error) }
  }
}
