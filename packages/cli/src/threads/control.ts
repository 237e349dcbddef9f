import type { Replicate } from '@loadpath/core'

const goingOn = 0
const stopped = 1
const memoryRanOut = 2
/** A share of 1 as it is written into the memory that threads have in common. */
const whole = 1_000_000
const headerLength = 1
/** Of each task: the share that it has reached, the requests answered so far, and the sum of their response times. */
const wordsPerTask = 3
const mostAnswered = 2 ** 31 - 1

/**
 * Memory that this thread shares with those that run its replications: whether they should stop, and how far each has
 * come. A replication looks and writes every some ten thousand events, so nothing waits for a message.
 */
export class Control {
  /** Can be sent to a thread; `new Control(words)` there is the same memory. */
  readonly words: Int32Array
  /** The same memory, for sums: single precision is enough for a first number. */
  private readonly sums: Float32Array

  private constructor(words: Int32Array) {
    this.words = words
    this.sums = new Float32Array(words.buffer)
  }

  static forTasks(count: number): Control {
    return new Control(
      new Int32Array(new SharedArrayBuffer((headerLength + wordsPerTask * count) * Int32Array.BYTES_PER_ELEMENT)),
    )
  }

  static of(words: Int32Array): Control {
    return new Control(words)
  }

  get isStopped(): boolean {
    return Atomics.load(this.words, 0) !== goingOn
  }

  /** Whether the tasks were stopped because a thread has no memory left. */
  get isOutOfMemory(): boolean {
    return Atomics.load(this.words, 0) === memoryRanOut
  }

  stop(): void {
    Atomics.compareExchange(this.words, 0, goingOn, stopped)
  }

  /** Stops all tasks: one of them has no memory left. */
  runOutOfMemory(): void {
    Atomics.compareExchange(this.words, 0, goingOn, memoryRanOut)
  }

  /** Notes the share of its time, 0 to 1, that a task has reached, and what it has answered by then. */
  reached(task: number, share: number, answered: number, sumMs: number): void {
    const at = headerLength + wordsPerTask * task
    Atomics.store(this.words, at, Math.round(share * whole))
    Atomics.store(this.words, at + 1, Math.min(answered, mostAnswered))
    this.sums[at + 2] = sumMs
  }

  /** Notes that a task is done, and what it has answered. */
  ended(task: number, { kinds }: Pick<Replicate, 'kinds'>): void {
    let [answered, sumMs] = [0, 0]
    for (const cell of kinds.flat()) {
      answered += cell.answered
      sumMs += cell.sumMs
    }
    this.reached(task, 1, answered, sumMs)
  }

  /** Tasks done, those under way with the share that they have reached. */
  get done(): number {
    let sum = 0
    for (let i = headerLength; i < this.words.length; i += wordsPerTask) sum += Atomics.load(this.words, i)
    return sum / whole
  }

  /** Mean response time of all that was answered so far, warm-up included, ms; null if nothing was. */
  get meanMs(): number | null {
    let [answered, sumMs] = [0, 0]
    for (let i = headerLength; i < this.words.length; i += wordsPerTask) {
      answered += Atomics.load(this.words, i + 1)
      sumMs += this.sums[i + 2] as number
    }
    return answered === 0 ? null : sumMs / answered
  }

  get tasks(): number {
    return (this.words.length - headerLength) / wordsPerTask
  }
}
