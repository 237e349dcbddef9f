import type { Instance } from '../blocks/block.ts'
import type { PoolLeak } from '../calls/callee-passages.ts'

/** A share of the answers of an instance that are errors. */
export interface AnswerFault {
  readonly share: number
  /** Of one operation only, by name. */
  readonly operation: string | undefined
  /** Number of the fault: which answers they are is drawn by request. */
  readonly site: number
}

/** The answers of an instance, as faults see them. */
export interface Answering {
  fail(what: AnswerFault): Restore
}

/** The calls that an instance makes, as faults see them. */
export interface Calling {
  leak(what: PoolLeak): Restore
}

/** Ends what a fault does. Called once. */
export type Restore = () => void

/**
 * What is wrong with an instance at a moment. Faults overlap: an instance is down until the last crash is over, and slower by the
 * product of all factors.
 */
export class Condition {
  private readonly instance: Instance
  private readonly answering: Answering
  private readonly calling: Calling
  private crashes = 0
  private pauses = 0
  private hangs = 0
  private readonly factors: Factor[] = []
  private readonly factorsOfDisk: Factor[] = []

  constructor(instance: Instance, answering: Answering, calling: Calling) {
    this.instance = instance
    this.answering = answering
    this.calling = calling
  }

  /** Whether there is anything now that a fault can strike. */
  get exists(): boolean {
    return this.instance.exists?.() ?? true
  }

  crash(): Restore {
    if (this.crashes++ === 0) this.instance.crash()
    return () => {
      if (--this.crashes === 0) this.instance.restart()
    }
  }

  pause(): Restore {
    if (this.pauses++ === 0) this.instance.pause(true)
    return () => {
      if (--this.pauses === 0) this.instance.pause(false)
    }
  }

  /** Stops it; the restore kills it and starts it again. */
  hang(): Restore {
    this.hangs++
    const resume = this.pause()
    return () => {
      // Killed while it is still hung, so that nothing that it held goes on; not before the last hang is over.
      const isOver = --this.hangs === 0 && this.crashes === 0
      if (isOver) this.instance.crash(true)
      resume()
      if (isOver) this.instance.restart()
    }
  }

  slow(factor: number): Restore {
    return multiplied(this.factors, factor, (product) => this.instance.slow(product))
  }

  slowDisk(factor: number): Restore {
    return multiplied(this.factorsOfDisk, factor, (product) => this.instance.slowDisk?.(product))
  }

  fail(what: AnswerFault): Restore {
    return this.answering.fail(what)
  }

  leak(what: PoolLeak): Restore {
    return this.calling.leak(what)
  }

  /** Empties what it keeps, if it keeps anything. */
  flush(): void {
    this.instance.flush?.()
  }
}

interface Factor {
  readonly by: number
}

/** Adds a factor to those in force, and sets their product. @returns what takes it back */
function multiplied(factors: Factor[], by: number, set: (product: number) => void): Restore {
  const own = { by }
  const update = () => set(factors.reduce((product, factor) => product * factor.by, 1))
  factors.push(own)
  update()
  return () => {
    factors.splice(factors.indexOf(own), 1)
    update()
  }
}
