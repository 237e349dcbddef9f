import type { Agenda } from '../kernel/agenda.ts'
import { Happening } from '../kernel/happening.ts'
import { invariant } from '../support/invariant.ts'

/** A draining instance takes no new calls from those who choose among instances, and finishes those that it has. */
type Stage = 'not yet' | 'starting' | 'serving' | 'draining' | 'gone'

export interface FleetOptions {
  readonly agenda: Agenda
  /** Instances that serve when the run begins: those with the lowest numbers. */
  readonly initial: number
  /** All numbers that the run can need. */
  readonly numbers: number
  readonly startUpMs: number
  /** An instance that drains ends after this, with all that it still holds. */
  readonly drainMs: number
  /** Whether an instance holds no call. */
  isIdle(instance: number): boolean
  /** The process of an instance begins to take calls. */
  begin(instance: number): void
  /** The process of an instance ends. */
  end(instance: number): void
}

/**
 * The instances of a block, which come and go. Each has a number of its own, which is never used again, so that nothing that
 * is late reaches another instance in its place.
 */
export class Fleet {
  /** Instances that take new calls, ascending. */
  members: readonly number[]
  /** Integral of the number of instances that exist, in instances × ms. */
  private areaMs = 0
  private untilMs: number
  private readonly options: FleetOptions
  private readonly stages: Stage[]
  private readonly listeners: (() => void)[] = []
  private readonly watchers: (() => void)[] = []
  private readonly onceSettled = new Map<number, () => void>()
  private readonly onceGone = new Map<number, () => void>()
  private next: number

  constructor(options: FleetOptions) {
    const { agenda, initial, numbers } = options
    this.options = options
    this.next = initial
    this.stages = Array.from({ length: numbers }, (_, i) => (i < initial ? 'serving' : 'not yet'))
    this.members = [...Array(initial).keys()]
    this.untilMs = agenda.nowMs
  }

  /** Instances that start, serve or drain. */
  get existing(): number {
    return this.stages.reduce((sum, stage) => sum + (stage === 'not yet' || stage === 'gone' ? 0 : 1), 0)
  }

  /** Instances that serve or will, ascending. */
  get staying(): readonly number[] {
    return [...this.stages.keys()].filter((i) => this.stages[i] === 'serving' || this.stages[i] === 'starting')
  }

  /** Whether an instance has a process: what is not yet or no longer there cannot fail. */
  runs(instance: number): boolean {
    const stage = this.stages[instance]
    return stage === 'serving' || stage === 'draining'
  }

  /** Instances that have a process, ascending. */
  get running(): readonly number[] {
    return [...this.stages.keys()].filter((i) => this.runs(i))
  }

  /** Integral from 0 of the number of instances that exist: these are paid for. */
  areaAt(nowMs: number): number {
    return this.areaMs + this.existing * (nowMs - this.untilMs)
  }

  /** Calls `changed` whenever an instance has gone from one stage of its life to the next. */
  onChange(changed: () => void): void {
    this.listeners.push(changed)
  }

  /** Calls `changed` whenever `members` has changed. */
  watch(changed: () => void): void {
    this.watchers.push(changed)
  }

  /**
   * Starts an instance, which serves after its start-up.
   * @param settled called when it serves, or has left before
   * @returns its number
   */
  add(settled: () => void = nothing): number {
    const { agenda, startUpMs } = this.options
    const instance = this.next++
    invariant(instance < this.stages.length, 'a fleet has no number left')
    this.onceSettled.set(instance, settled)
    this.enter(instance, 'starting')
    if (startUpMs === 0) this.started(instance)
    else Happening.after(agenda, startUpMs, () => this.started(instance))
    return instance
  }

  private started(instance: number): void {
    if (this.stages[instance] !== 'starting') return
    this.options.begin(instance)
    this.enter(instance, 'serving')
    this.tell(this.onceSettled, instance)
  }

  /** Lets an instance finish its calls, and then end. One that starts ends at once. */
  drain(instance: number, gone: () => void = nothing): void {
    const stage = this.stages[instance]
    invariant(stage === 'serving' || stage === 'starting', 'an instance leaves twice')
    this.onceGone.set(instance, gone)
    if (stage === 'starting') {
      this.leave(instance)
      this.tell(this.onceSettled, instance)
      return
    }
    this.enter(instance, 'draining')
    const { agenda, drainMs, isIdle } = this.options
    if (isIdle(instance)) this.leave(instance)
    else Happening.after(agenda, drainMs, () => this.leave(instance))
  }

  /** An instance may hold no call any more: if it drains, it ends after what happens at this moment. */
  idle(instance: number): void {
    if (this.stages[instance] !== 'draining') return
    Happening.after(this.options.agenda, 0, () => {
      if (this.options.isIdle(instance)) this.leave(instance)
    })
  }

  private leave(instance: number): void {
    if (this.stages[instance] === 'gone') return
    const hasProcess = this.runs(instance)
    this.enter(instance, 'gone')
    if (hasProcess) this.options.end(instance)
    this.tell(this.onceGone, instance)
  }

  private enter(instance: number, stage: Stage): void {
    const { nowMs } = this.options.agenda
    this.areaMs = this.areaAt(nowMs)
    this.untilMs = nowMs
    const before = this.stages[instance]
    this.stages[instance] = stage
    for (const changed of this.listeners) changed()
    if (stage !== 'serving' && before !== 'serving') return
    this.members = [...this.stages.keys()].filter((i) => this.stages[i] === 'serving')
    for (const changed of this.watchers) changed()
  }

  private tell(once: Map<number, () => void>, instance: number): void {
    const told = once.get(instance)
    once.delete(instance)
    told?.()
  }
}

function nothing(): void {
  // Nobody waits for it.
}
