import { LatencyHistogram } from '../stats/histogram.ts'
import { invariant } from '../support/invariant.ts'
import type { Call } from './call.ts'
import { Line } from './line.ts'
import { failedAt, type Outcome, ok, reasonOf, reasons } from './outcome.ts'

/** The requests of one kind that arrived in one cell of time, and what became of them. */
export class Cohort {
  offered = 0
  answered = 0
  /** Answered within the deadline, where the kind has one. */
  inTime = 0
  /** Σ and Σ² of the response time of those answered. */
  sumMs = 0
  sumSquaredMs = 0
  /** Response times of those answered, ages of those inside; failures count as slower than all. */
  readonly histogram = new LatencyHistogram()
  /** Failures by outcome: reason and block. */
  readonly failed = new Map<Outcome, number>()
  /** Inside when the run ended, and those of them whose deadline had not passed: nobody can say yet. */
  inside = 0
  undecided = 0
}

export interface RequestsOptions {
  readonly kinds: number
  /** Starts of the cells of time, in ms, ascending; the first is 0. */
  readonly cellStartsMs: readonly number[]
  readonly measureFromMs: number
  /** Width of one tick of the series, and their number. */
  readonly tickMs: number
  readonly ticks: number
  /** Deadline by kind, in ms; Infinity for none. */
  readonly deadlinesMs: readonly number[]
}

/**
 * The ledger of requests: offered = answered + refused + timed out + lost + inside. A request is entered when it
 * arrives and belongs to the cell of time of its arrival, whenever it ends.
 */
export class Requests {
  /** By kind, then by cell. */
  readonly cohorts: readonly (readonly Cohort[])[]
  /** By tick of arrival: offered, answered, Σ response time of those answered. */
  readonly offeredByTick: Float64Array
  readonly answeredByTick: Float64Array
  readonly sumMsByTick: Float64Array
  /** The slowest request that arrived from `measureFromMs` on and was answered. */
  slowest: { kind: number; request: number; responseMs: number } | null = null
  private readonly options: RequestsOptions
  private readonly open = new Line()
  private cell = 0

  constructor(options: RequestsOptions) {
    this.options = options
    this.cohorts = Array.from({ length: options.kinds }, () => options.cellStartsMs.map(() => new Cohort()))
    this.offeredByTick = new Float64Array(options.ticks)
    this.answeredByTick = new Float64Array(options.ticks)
    this.sumMsByTick = new Float64Array(options.ticks)
  }

  /** Requests inside now. */
  get inside(): number {
    return this.open.length
  }

  arrive(call: Call, nowMs: number): void {
    const { cellStartsMs } = this.options
    while (this.cell + 1 < cellStartsMs.length && (cellStartsMs[this.cell + 1] as number) <= nowMs) this.cell++
    call.cell = this.cell
    call.arrivedMs = nowMs
    this.cohort(call).offered++
    const tick = this.tickOf(nowMs)
    this.offeredByTick[tick] = (this.offeredByTick[tick] as number) + 1
    this.open.join(call)
  }

  end(call: Call, outcome: Outcome, nowMs: number): void {
    this.open.remove(call)
    const cohort = this.cohort(call)
    if (outcome !== ok) {
      this.fail(cohort, outcome)
      return
    }
    const responseMs = nowMs - call.arrivedMs
    cohort.answered++
    cohort.sumMs += responseMs
    cohort.sumSquaredMs += responseMs * responseMs
    cohort.histogram.record(responseMs)
    if (responseMs <= (this.options.deadlinesMs[call.kind] as number)) cohort.inTime++
    if (
      (this.slowest === null || responseMs > this.slowest.responseMs) &&
      call.arrivedMs >= this.options.measureFromMs
    ) {
      this.slowest = { kind: call.kind, request: call.request, responseMs }
    }
    const tick = this.tickOf(call.arrivedMs)
    this.answeredByTick[tick] = (this.answeredByTick[tick] as number) + 1
    this.sumMsByTick[tick] = (this.sumMsByTick[tick] as number) + responseMs
  }

  /** Counts those still inside, each with its age; those that a loss has doomed are lost. */
  close(nowMs: number, lostAt: number): void {
    for (let call = this.open.takeFirst(); call !== null; call = this.open.takeFirst()) {
      const cohort = this.cohort(call)
      if (call.lost) {
        this.fail(cohort, failedAt(reasons.lost, lostAt))
        continue
      }
      const ageMs = nowMs - call.arrivedMs
      cohort.inside++
      if (ageMs <= (this.options.deadlinesMs[call.kind] as number)) cohort.undecided++
      cohort.histogram.record(ageMs)
    }
    this.check()
  }

  private fail(cohort: Cohort, outcome: Outcome): void {
    cohort.failed.set(outcome, (cohort.failed.get(outcome) ?? 0) + 1)
    cohort.histogram.recordUnanswered()
  }

  private check(): void {
    for (const cells of this.cohorts) {
      for (const cohort of cells) {
        let failed = 0
        for (const [outcome, count] of cohort.failed) {
          invariant(reasonOf(outcome) !== undefined, `a request failed without a reason (outcome ${outcome})`)
          failed += count
        }
        invariant(
          cohort.offered === cohort.answered + failed + cohort.inside,
          `requests are not conserved: offered ${cohort.offered}, answered ${cohort.answered}, failed ${failed}, inside ${cohort.inside}`,
        )
      }
    }
  }

  private cohort(call: Call): Cohort {
    return (this.cohorts[call.kind] as readonly Cohort[])[call.cell] as Cohort
  }

  private tickOf(timeMs: number): number {
    const tick = Math.floor(timeMs / this.options.tickMs)
    return tick < this.options.ticks ? tick : this.options.ticks - 1
  }
}
