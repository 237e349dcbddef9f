import { LatencyHistogram } from '../stats/histogram.ts'
import { invariant } from '../support/invariant.ts'
import type { Call } from './call.ts'
import type { Copy } from './copy.ts'
import { failedAt, type Outcome, ok, reasonOf, reasons } from './outcome.ts'
import { Trail, type TrailLedger } from './trail.ts'

/** The requests of one kind that arrived in one cell of time, and the outcome of them; and how many were answered in it. */
export class Cohort {
  offered = 0
  answered = 0
  /** Answered within the deadline, where the kind has one. */
  inTime = 0
  /** Σ response time of those answered. */
  sumMs = 0
  /** Response times of those answered; those inside are open at their age, and failures slower than all. */
  readonly histogram = new LatencyHistogram()
  /** Failures by outcome: reason and block. */
  readonly failed = new Map<Outcome, number>()
  /** Inside when the run ended, and those of them whose deadline had not passed: nobody can say yet. */
  inside = 0
  stillInTime = 0
  /** Σ age of those inside. */
  insideMs = 0
  /** Answered within this cell of time, whenever they arrived: what comes out of the system. */
  completed = 0
  /** With all that they set off; null where nobody asks until when that is done. */
  done: DoneCohort | null = null
  /** Answers that did not show a change which had taken effect before the request arrived. */
  stale = 0
  /** Of these: Σ changes not shown, and Σ time since the first of them, ms. */
  versionsBehind = 0
  behindMs = 0
}

/** Requests with all that they set off, by when the last of it was done. */
export class DoneCohort {
  count = 0
  /** Σ time from the arrival of the request until all was done. */
  sumMs = 0
  /** Not done at the end of the run, of which nothing is lost, and Σ of their ages. */
  open = 0
  openMs = 0
  /** The times; what is open is so at its age, and what is never done slower than all. */
  readonly histogram = new LatencyHistogram()

  /** Enters a request whose trail ended after `ms`; one of which something is lost is never done. */
  ended(ms: number, isLost: boolean): void {
    if (isLost) {
      this.histogram.recordUnanswered()
      return
    }
    this.count++
    this.sumMs += ms
    this.histogram.record(ms)
  }

  /** Enters a request whose trail is still open at the end of the run, at its age. */
  stillOpen(ageMs: number): void {
    this.open++
    this.openMs += ageMs
    this.histogram.recordOpen(ageMs)
  }
}

/** The cell and the tick of a request that arrived before the run. */
const beforeTheRun = -1

export interface RequestsOptions {
  readonly kinds: number
  /** Starts of the cells of time, in ms, ascending; the first is 0. */
  readonly cellStartsMs: readonly number[]
  readonly measureFromMs: number
  /** Width of one tick of the series, and their number. */
  readonly tickMs: number
  readonly ticks: number
  /** Time on the clock at 0 s of the run: those that arrived before it belong to no cell and no tick; 0 if absent. */
  readonly startMs?: number
  /** Deadline by kind, in ms; Infinity for none. */
  readonly deadlinesMs: readonly number[]
}

/**
 * The ledger of requests: offered = answered + rejected + timed out + lost + in flight. A request is entered when it
 * arrives and belongs to the cell of time of its arrival, whenever it ends.
 */
export class Requests implements TrailLedger {
  /** By kind, then by cell. */
  readonly cohorts: readonly (readonly Cohort[])[]
  /** By tick of arrival: offered, answered, Σ response time of those answered. */
  readonly offeredByTick: Float64Array
  readonly answeredByTick: Float64Array
  readonly sumMsByTick: Float64Array
  /** The slowest request that arrived from `measureFromMs` on and was answered. */
  slowest: { kind: number; request: number; responseMs: number } | null = null
  /** Requests inside now. */
  inside = 0
  /** By kind: requests that arrived before the run. Their answers are not counted, except as completed in a cell. */
  private readonly before: readonly Cohort[]
  private readonly startMs: number
  /** On the clock. */
  private readonly cellStartsMs: readonly number[]
  private readonly measureFromMs: number
  private readonly deadlinesMs: readonly number[]
  private readonly tickMs: number
  private readonly lastTick: number
  private cell = 0
  private tick = 0
  private slowestMs = 0

  constructor(options: RequestsOptions) {
    const { startMs = 0 } = options
    this.startMs = startMs
    this.cellStartsMs = options.cellStartsMs.map((cellMs) => startMs + cellMs)
    this.measureFromMs = startMs + options.measureFromMs
    this.deadlinesMs = options.deadlinesMs
    this.tickMs = options.tickMs
    this.lastTick = options.ticks - 1
    this.cohorts = Array.from({ length: options.kinds }, () => options.cellStartsMs.map(() => new Cohort()))
    this.before = Array.from({ length: options.kinds }, () => new Cohort())
    this.offeredByTick = new Float64Array(options.ticks)
    this.answeredByTick = new Float64Array(options.ticks)
    this.sumMsByTick = new Float64Array(options.ticks)
  }

  arrive(call: Call, nowMs: number): void {
    call.arrivedMs = nowMs
    call.asks = true
    this.inside++
    if (nowMs < this.startMs) {
      call.cell = beforeTheRun
      call.tick = beforeTheRun
    } else {
      this.enterCell(nowMs)
      while (this.tick < this.lastTick && this.startMs + (this.tick + 1) * this.tickMs <= nowMs) this.tick++
      call.cell = this.cell
      call.tick = this.tick
      this.offeredByTick[this.tick] = (this.offeredByTick[this.tick] as number) + 1
    }
    this.cohort(call).offered++
  }

  /** How many requests were answered so far, warm-up included, and the sum of their response times, ms. */
  answeredSoFar(): readonly [answered: number, sumMs: number] {
    let [answered, sumMs] = [0, 0]
    for (const cells of this.cohorts) {
      for (const cell of cells) {
        answered += cell.answered
        sumMs += cell.sumMs
      }
    }
    return [answered, sumMs]
  }

  /** Follows a request that has just arrived until all that it sets off is done. */
  follow(call: Call): void {
    call.trail = new Trail(this, call)
  }

  trailEnded({ kind, cell, arrivedMs, isLost }: Trail, nowMs: number): void {
    this.doneCohort(kind, cell).ended(nowMs - arrivedMs, isLost)
  }

  private doneCohort(kind: number, cell: number): DoneCohort {
    const cohort = this.cohort({ kind, cell })
    cohort.done ??= new DoneCohort()
    return cohort.done
  }

  private enterCell(nowMs: number): void {
    const { cellStartsMs } = this
    while (this.cell + 1 < cellStartsMs.length && (cellStartsMs[this.cell + 1] as number) <= nowMs) this.cell++
  }

  end(call: Call, outcome: Outcome, nowMs: number): void {
    call.asks = false
    this.inside--
    if (call.trail !== null) call.trail.end(outcome, nowMs)
    const cohort = this.cohort(call)
    if (outcome !== ok) {
      this.fail(cohort, outcome)
      return
    }
    const responseMs = nowMs - call.arrivedMs
    cohort.answered++
    if (nowMs >= this.startMs) this.complete(call, nowMs)
    cohort.sumMs += responseMs
    cohort.histogram.record(responseMs)
    if (responseMs <= (this.deadlinesMs[call.kind] as number)) cohort.inTime++
    if (responseMs >= this.slowestMs) this.noteSlowest(call, responseMs)
    if (call.copy !== null) this.judge(call.copy, call.arrivedMs, cohort)
    const { tick } = call
    if (tick === beforeTheRun) return
    this.answeredByTick[tick] = (this.answeredByTick[tick] as number) + 1
    this.sumMsByTick[tick] = (this.sumMsByTick[tick] as number) + responseMs
  }

  private complete(call: Call, nowMs: number): void {
    this.enterCell(nowMs)
    const current = (this.cohorts[call.kind] as readonly Cohort[])[this.cell] as Cohort
    current.completed++
  }

  private judge(copy: Copy, arrivedMs: number, cohort: Cohort): void {
    const versions = copy.versionsBehind(arrivedMs)
    if (versions === 0) return
    cohort.stale++
    cohort.versionsBehind += versions
    cohort.behindMs += copy.msBehind(arrivedMs)
  }

  private noteSlowest(call: Call, responseMs: number): void {
    if (call.arrivedMs < this.measureFromMs || (this.slowest !== null && responseMs === this.slowestMs)) return
    this.slowestMs = responseMs
    this.slowest = { kind: call.kind, request: call.request, responseMs }
  }

  /** Counts those of `calls` that are requests still inside, each with its age; those that a loss has doomed are lost. */
  close(calls: Iterable<Call>, nowMs: number, lostAt: number): void {
    const trails = new Set<Trail>()
    for (const call of calls) {
      const { trail, goesOn } = call.extras
      if (trail !== null && (call.asks || goesOn)) {
        if (call.lost) trail.isLost = true
        trails.add(trail)
      }
      if (!call.asks) continue
      const cohort = this.cohort(call)
      if (call.lost) {
        this.fail(cohort, failedAt(reasons.lost, lostAt))
        continue
      }
      const ageMs = nowMs - call.arrivedMs
      cohort.inside++
      cohort.insideMs += ageMs
      if (ageMs <= (this.deadlinesMs[call.kind] as number)) cohort.stillInTime++
      cohort.histogram.recordOpen(ageMs)
    }
    for (const trail of trails) this.closeTrail(trail, nowMs)
    this.check()
  }

  private closeTrail({ kind, cell, arrivedMs, isLost }: Trail, nowMs: number): void {
    const done = this.doneCohort(kind, cell)
    if (isLost) done.ended(nowMs - arrivedMs, isLost)
    else done.stillOpen(nowMs - arrivedMs)
  }

  private fail(cohort: Cohort, outcome: Outcome): void {
    cohort.failed.set(outcome, (cohort.failed.get(outcome) ?? 0) + 1)
    cohort.histogram.recordUnanswered()
  }

  private check(): void {
    for (const cells of [...this.cohorts, this.before]) {
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

  private cohort({ kind, cell }: { readonly kind: number; readonly cell: number }): Cohort {
    if (cell === beforeTheRun) return this.before[kind] as Cohort
    return (this.cohorts[kind] as readonly Cohort[])[cell] as Cohort
  }
}
