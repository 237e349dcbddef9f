const goingOn = 0
const stopped = 1
const memoryRanOut = 2
/** A share of 1 as it is written into the memory that threads have in common. */
const whole = 1_000_000
const headerLength = 1

/**
 * Memory that this thread shares with those that run its replications: whether they should stop, and how far each has
 * come. A replication looks and writes every some ten thousand events, so nothing waits for a message.
 */
export class Control {
  /** Can be sent to a thread; `new Control(words)` there is the same memory. */
  readonly words: Int32Array

  private constructor(words: Int32Array) {
    this.words = words
  }

  static forTasks(count: number): Control {
    return new Control(new Int32Array(new SharedArrayBuffer((headerLength + count) * Int32Array.BYTES_PER_ELEMENT)))
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

  /** Notes the share of its time, 0 to 1, that a task has reached. */
  reached(task: number, share: number): void {
    Atomics.store(this.words, headerLength + task, Math.round(share * whole))
  }

  /** Tasks done, those under way with the share that they have reached. */
  get done(): number {
    let sum = 0
    for (let i = headerLength; i < this.words.length; i++) sum += Atomics.load(this.words, i)
    return sum / whole
  }

  get tasks(): number {
    return this.words.length - headerLength
  }
}
