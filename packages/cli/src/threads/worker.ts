import { NotBegun, replicate, type Task } from '@loadpath/core'
import { Control } from './control.ts'
import { isMemoryShort, isOutOfMemory } from './memory.ts'
import { describeFailure, type Reply } from './reply.ts'
import { withTexts } from './shared-texts.ts'

/** What is sent to a thread. */
export interface Order {
  readonly task: Task
  /** Whether its design has texts in shared memory. */
  readonly hasSharedTexts: boolean
  /** Memory of a `Control`, and the task's place in it. */
  readonly words: Int32Array
  readonly place: number
}

/** Runs one replication on this thread. */
export function runTask({ task, hasSharedTexts, words, place }: Order): Reply {
  const control = Control.of(words)
  if (control.isStopped) return { leftOut: true }
  try {
    const own = hasSharedTexts ? { ...task, design: withTexts(task.design) } : task
    const found = replicate(own, {
      elapsedMs: () => performance.now(),
      isStopped: () => {
        if (isMemoryShort()) control.runOutOfMemory()
        return control.isStopped
      },
      reached: (share, answered, sumMs) => control.reached(place, share, answered, sumMs),
    })
    control.ended(place, found)
    return { replicate: found }
  } catch (error) {
    if (isOutOfMemory(error)) control.runOutOfMemory()
    if (isOutOfMemory(error) || error instanceof NotBegun) return { leftOut: true }
    return { failure: describeFailure(error) }
  }
}
