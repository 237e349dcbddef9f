import { availableParallelism } from 'node:os'
import {
  type Crowd,
  crowdOf,
  type Design,
  hasWindows,
  type Replicate,
  type Runner,
  replicate,
  type Task,
} from '@loadpath/core'
import type { Piscina } from 'piscina'
import { threadsWithRoom } from './address-space.ts'
import { Control } from './control.ts'
import { hasRoomHere, isMemoryShortForAnswer, isOutOfMemory, remedyForMemory } from './memory.ts'
import { describeFailure, ReplicationFailure, type Reply } from './reply.ts'
import { TextStore } from './shared-texts.ts'
import type { Order } from './worker.ts'

/** Starting threads takes about as long; what ends sooner needs none. */
const inlineMs = 150
/** A thread that is told to stop and has not answered by then builds or warms something large: it is given up. */
const patienceMs = 650

export interface PoolOptions {
  readonly threads?: number | undefined
  /** The built worker. */
  readonly worker?: URL
  /** Time to spend on this thread before others are started. */
  readonly inlineMs?: number
}

/** How far the replications have come that were requested last. */
export interface UnderWay {
  /** Those done; those under way count with the share of their time that is simulated. */
  readonly done: number
  readonly of: number
  /** Mean response of what these have answered, warm-up included, ms; null as long as there is none. */
  readonly meanMs: number | null
}

export interface Pool {
  readonly run: Runner
  /** Whether memory ran out, of a thread or of this one, which keeps all answers: what was under way ended with what it had counted, and nothing more is begun. */
  isOutOfMemory(): boolean
  /** Why a thread ended by itself, which nothing here makes it do: what was under way ended, and nothing more is begun. Null if none did. */
  lost(): string | null
  /** What a user can do about a lack of memory, by what was under way. */
  remedyForMemory(): string
  /** Null before anything was requested. */
  underWay(): UnderWay | null
  /** Ends what is under way with what it has counted so far; nothing more is begun. */
  stop(): void
  /** Ends its threads, whatever they are doing. */
  close(): Promise<void>
}

/**
 * Runs replications here until some time has passed, and from then on with threads. Which thread runs a task does not
 * change its answer, and answers come in the order of their tasks.
 */
export function createPool(options: PoolOptions = {}): Pool {
  const threads = new Threads(options)
  const here = new HereAndNow(options.inlineMs ?? (hasRoomHere() ? inlineMs : 0))
  let control: Control | null = null
  let found: (Replicate | null)[] = []
  let design: Design | null = null
  let isStopped = false
  let ranOutOfMemory = false
  let giveUp = (): void => {}

  return {
    run: async (tasks) => {
      const own = Control.forTasks(tasks.length)
      control = own
      if (isStopped || ranOutOfMemory || threads.lost !== null) return []
      design = tasks[0]?.design ?? design
      const done = threads.areStarted ? [] : here.runFirst(tasks, own)
      const ended: (Replicate | null)[] = tasks.map((_, i) => done[i] ?? null)
      found = ended
      const rest = tasks.map(async (task, place) => {
        if (place >= done.length) ended[place] = await threads.run({ task, words: own.words, place })
        if (isMemoryShortForAnswer()) own.runOutOfMemory()
      })
      const givenUp = new Promise<void>((resolve) => {
        giveUp = resolve
      })
      await Promise.race([Promise.all(rest), givenUp])
      ranOutOfMemory ||= own.isOutOfMemory
      return ended.filter((one) => one !== null)
    },
    isOutOfMemory: () => {
      ranOutOfMemory ||= isMemoryShortForAnswer()
      return ranOutOfMemory
    },
    remedyForMemory: () => remedyForMemory(crowdOfStopped(design, found), design !== null && hasWindows(design)),
    lost: () => threads.lost,
    underWay: () => (control === null ? null : { done: control.done, of: control.tasks, meanMs: control.meanMs }),
    stop: () => {
      isStopped = true
      control?.stop()
      setTimeout(() => giveUp(), patienceMs).unref()
    },
    close: () => threads.close(),
  }
}

/** What was inside when replications were stopped; null where none of these could still tell. */
function crowdOfStopped(design: Design | null, found: readonly (Replicate | null)[]): Crowd | null {
  const stopped = found.filter((one) => one !== null && one.stopped === 'interrupted')
  return design === null ? null : crowdOf(design, stopped as Replicate[])
}

/** Threads that are started when the first task comes. */
class Threads {
  private readonly count: number
  private readonly worker: URL
  private piscina: Promise<Piscina> | undefined
  private isClosed = false
  /** Why one of them ended by itself; null if none did. */
  lost: string | null = null
  private readonly texts = new TextStore()

  constructor({ threads, worker }: PoolOptions) {
    this.count = threads ?? availableParallelism()
    this.worker = worker ?? new URL('./worker.mjs', import.meta.url)
  }

  get areStarted(): boolean {
    return this.piscina !== undefined
  }

  /** What the task found; null if it was told to stop before it began. */
  async run(order: Omit<Order, 'hasSharedTexts'>): Promise<Replicate | null> {
    try {
      const design = this.texts.store(order.task.design)
      const own = { ...order, task: { ...order.task, design }, hasSharedTexts: design !== order.task.design }
      const reply = (await (await this.start()).run(own)) as Reply
      if ('leftOut' in reply) return null
      if ('failure' in reply) throw new ReplicationFailure(reply.failure, order.task)
      return reply.replicate
    } catch (error) {
      // Nobody waits for what a closed pool has cancelled.
      if (this.isClosed) return null
      if (error instanceof ReplicationFailure) throw error
      if (isOutOfMemory(error)) Control.of(order.words).runOutOfMemory()
      else this.lose(error, order)
      return null
    }
  }

  /** A thread has ended: what all others have found so far is still an answer. */
  private lose(error: unknown, { words }: Pick<Order, 'words'>): void {
    this.lost ??= error instanceof Error ? error.message : String(error)
    Control.of(words).stop()
  }

  async close(): Promise<void> {
    this.isClosed = true
    await (await this.piscina)?.destroy()
  }

  private start(): Promise<Piscina> {
    if (this.piscina !== undefined) return this.piscina
    const count = threadsWithRoom(this.count)
    if (count === 0) throw new RangeError('Allocation failed: no address space for a thread')
    this.piscina = import('piscina').then(({ Piscina: Pool }) => {
      const pool = new Pool({
        filename: this.worker.href,
        name: 'runTask',
        minThreads: count,
        maxThreads: count,
        idleTimeout: 60_000,
      })
      // A thread may fail between two tasks, or while it is taken down; the next task would meet the same.
      return pool.on('error', (error) => {
        if (!this.isClosed && !isOutOfMemory(error))
          this.lost ??= error instanceof Error ? error.message : String(error)
      })
    })
    return this.piscina
  }
}

/** Runs tasks on this thread, as long as there is time left for that. */
class HereAndNow {
  private readonly budgetMs: number
  private spentMs = 0

  constructor(budgetMs: number) {
    this.budgetMs = budgetMs
  }

  /** What the first of the tasks found, as far as there is time. */
  runFirst(tasks: readonly Task[], control: Control): readonly Replicate[] {
    const done: Replicate[] = []
    while (done.length < tasks.length && this.spentMs < this.budgetMs) {
      const result = this.run(tasks[done.length] as Task)
      if (result === undefined) break
      control.ended(done.length, result)
      done.push(result)
    }
    return done
  }

  /** What the task found, or undefined when it takes longer than is left of the time. */
  private run(task: Task): Replicate | undefined {
    const began = performance.now()
    const elapsedMs = () => {
      const now = performance.now()
      if (this.spentMs + now - began > this.budgetMs) throw new TooLong()
      return now
    }
    try {
      return replicate(task, { elapsedMs })
    } catch (error) {
      if (error instanceof TooLong) return undefined
      throw new ReplicationFailure(describeFailure(error), task)
    } finally {
      this.spentMs += performance.now() - began
    }
  }
}

/** Thrown through a replication from its clock: it is begun again on a thread. */
class TooLong extends Error {}
