import type { LatencyHistogram } from '../stats/histogram.ts'
import { invariant } from '../support/invariant.ts'
import type { Call } from './call.ts'
import { Level } from './level.ts'
import { type Outcome, reasonCodeOf, reasonCount } from './outcome.ts'
import type { Semaphore } from './semaphore.ts'

/** Calls that are inside a block. */
export interface CallsFound {
  count: number
  arrivedMs: number
}

/** What one instance of a block did; kept only if somebody requests it. */
export class InstanceVisits {
  arrived = 0
  done = 0
  doneMs = 0
  /** Calls that failed, by reason code. */
  readonly failed = new Float64Array(reasonCount)
  /** Inside now, and its integral. */
  readonly inside = new Level()
  histogram: LatencyHistogram | null = null

  arrive(nowMs: number): void {
    this.arrived++
    this.inside.add(1, nowMs)
  }

  leave(outcome: Outcome, timeInBlockMs: number, nowMs: number): void {
    this.inside.add(-1, nowMs)
    if (outcome !== 0) {
      const code = reasonCodeOf(outcome)
      this.failed[code] = (this.failed[code] as number) + 1
      return
    }
    this.done++
    this.doneMs += timeInBlockMs
    if (this.histogram !== null) this.histogram.record(timeInBlockMs)
  }
}

/**
 * The ledger of calls of one block: arrived = done + failed (by reason) + inside, of which abandoned. Every call is
 * entered by `arrive` and struck out by `leave`, here and nowhere else.
 */
export class Visits {
  readonly block: string
  /** Index of the block in the run. */
  readonly index: number
  arrived = 0
  done = 0
  /** Calls that failed, by reason code. */
  readonly failed = new Float64Array(reasonCount)
  /** The connections of which a call needs one before it arrives; null for a block without a limit. */
  connectionLimit: Semaphore | null = null
  /** Inside now, and its integral. */
  readonly inside = new Level()
  /** Calls inside whose caller has given up. */
  abandoned = 0
  /** Σ time in the block over the calls that were done. */
  doneMs = 0
  /** Σ time in the block over the calls that failed. */
  private failedMs = 0
  /** Time in the block of each call that was done; kept only if somebody requests it. */
  histogram: LatencyHistogram | null = null
  private readonly ofInstances: (InstanceVisits | undefined)[] = []

  constructor(block: string, index: number) {
    this.block = block
    this.index = index
  }

  /** Keeps what one instance does from now on. */
  keepInstance(instance: number): InstanceVisits {
    const visits = new InstanceVisits()
    this.ofInstances[instance] = visits
    return visits
  }

  arrive(call: Call, nowMs: number): void {
    call.arrivedMs = nowMs
    this.arrived++
    this.inside.add(1, nowMs)
    if (call.abandoned) this.abandoned++
  }

  /** A call has come to its instance, at the moment of its arrival: the block may be the one that chooses. */
  placed(call: Call, nowMs: number): void {
    if (this.ofInstances.length > 0) this.ofInstances[call.instance]?.arrive(nowMs)
  }

  leave(call: Call, outcome: Outcome, nowMs: number): void {
    const timeInBlockMs = nowMs - call.arrivedMs
    this.inside.add(-1, nowMs)
    if (call.abandoned) this.abandoned--
    if (this.ofInstances.length > 0) this.ofInstances[call.instance]?.leave(outcome, timeInBlockMs, nowMs)
    if (outcome === 0) {
      this.done++
      this.doneMs += timeInBlockMs
      if (this.histogram !== null) this.histogram.record(timeInBlockMs)
    } else {
      this.failedMs += timeInBlockMs
      const code = reasonCodeOf(outcome)
      this.failed[code] = (this.failed[code] as number) + 1
    }
  }

  get failures(): number {
    let sum = 0
    for (const count of this.failed) sum += count
    return sum
  }

  /**
   * Conservation and Little's law, both exact: they hold on every path, not only on average.
   * @param found the calls that are here now, counted one by one, and the sum of the moments at which they arrived.
   */
  check(nowMs: number, found: CallsFound): void {
    const inside = this.inside.value
    invariant(
      found.count === inside,
      `calls are not conserved at ${this.block}: ${inside} should be inside, ${found.count} are`,
    )
    invariant(
      this.arrived === this.done + this.failures + inside,
      `calls are not conserved at ${this.block}: arrived ${this.arrived}, done ${this.done}, failed ${this.failures}, inside ${inside}`,
    )
    invariant(inside >= 0 && this.abandoned >= 0 && this.abandoned <= inside, `negative ledger at ${this.block}`)
    const byCalls = this.doneMs + this.failedMs + (inside * nowMs - found.arrivedMs)
    const byTime = this.inside.areaAt(nowMs)
    const scale = Math.max(byTime, nowMs, 1) * Math.max(1, this.arrived * 1e-3)
    invariant(
      Math.abs(byCalls - byTime) <= 1e-9 * scale,
      `Little's law does not hold at ${this.block}: ${byTime} call·ms by time, ${byCalls} by calls`,
    )
  }
}
