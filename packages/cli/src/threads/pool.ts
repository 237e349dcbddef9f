import { availableParallelism } from 'node:os'
import { type Replicate, type Runner, replicate, type Task } from '@loadpath/core'
import type { Piscina } from 'piscina'
import { describeFailure, ReplicationFailure, type Reply } from './reply.ts'

/** Starting threads takes about as long; what ends sooner needs none. */
const inlineMs = 150

export interface PoolOptions {
  readonly threads?: number | undefined
  /** The built worker. */
  readonly worker?: URL
  /** Time to spend on this thread before others are started. */
  readonly inlineMs?: number
}

export interface Pool {
  readonly run: Runner
  /** Ends its threads, whatever they are doing. */
  close(): Promise<void>
}

/**
 * Runs replications here until some time has passed, and from then on with threads. Which thread runs a task does not
 * change its answer, and answers come in the order of their tasks.
 */
export function createPool(options: PoolOptions = {}): Pool {
  const threads = options.threads ?? availableParallelism()
  const worker = options.worker ?? new URL('./worker.mjs', import.meta.url)
  const here = new HereAndNow(options.inlineMs ?? inlineMs)
  let piscina: Promise<Piscina> | undefined

  const startThreads = (): Promise<Piscina> => {
    piscina ??= import('piscina').then(
      ({ Piscina: Threads }) =>
        new Threads({
          filename: worker.href,
          name: 'runTask',
          minThreads: threads,
          maxThreads: threads,
          idleTimeout: 60_000,
        }),
    )
    return piscina
  }

  const runOnThread = async (task: Task): Promise<Replicate> => {
    const reply = (await (await startThreads()).run(task)) as Reply
    if ('failure' in reply) throw new ReplicationFailure(reply.failure, task)
    return reply.replicate
  }

  return {
    run: async (tasks) => {
      const done: Replicate[] = []
      while (piscina === undefined && done.length < tasks.length && !here.isSpent) {
        const result = here.run(tasks[done.length] as Task)
        if (result === undefined) break
        done.push(result)
      }
      return [...done, ...(await Promise.all(tasks.slice(done.length).map(runOnThread)))]
    },
    close: async () => {
      await (await piscina)?.destroy()
    },
  }
}

/** Runs tasks on this thread, as long as there is time left for that. */
class HereAndNow {
  private readonly budgetMs: number
  private spentMs = 0

  constructor(budgetMs: number) {
    this.budgetMs = budgetMs
  }

  get isSpent(): boolean {
    return this.spentMs >= this.budgetMs
  }

  /** What the task found, or undefined when it takes longer than is left of the time. */
  run(task: Task): Replicate | undefined {
    const began = performance.now()
    try {
      return replicate(task, () => {
        const now = performance.now()
        if (this.spentMs + now - began > this.budgetMs) throw new TooLong()
        return now
      })
    } catch (error) {
      if (error instanceof TooLong) return undefined
      throw new ReplicationFailure(describeFailure(error), task)
    } finally {
      this.spentMs += performance.now() - began
    }
  }
}

/** Thrown through a replication from its clock: it is begun anew on a thread. */
class TooLong extends Error {}
