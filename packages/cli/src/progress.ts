import type { Estimate, Progress } from '@loadpath/core'
import { clock, count, estimate, known } from './print/number.ts'
import { displayWidth, tie } from './print/width.ts'

/** Shorter work shows no progress. */
const patienceMs = 1500
const refreshMs = 250
/** A process that is older is not starting: this is not its first work. */
const longestStartMs = 10_000
/** Outside a terminal, the pause between lines grows with the elapsed time, up to this limit. */
const longestSilenceMs = 10_000

export interface ProgressOutput {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressLine<P = Progress> {
  report(progress: P): void
  /** Prints a sentence above the line that is rewritten. */
  say(text: string): void
  end(): void
}

/** The current part of the work. */
export interface Pass {
  /** Its name, in a few words. */
  readonly pass: string
  /** Finished replications, plus the finished share of the running ones. */
  readonly done: number
  readonly of: number
  /** Mean response time of the replications so far, ms, or null if nothing was answered. */
  readonly meanMs: number | null
}

export interface ProgressOptions {
  readonly nowMs?: () => number
  /** Returns the current part of the work, or null if unknown. */
  readonly underWay?: () => Pass | null
}

/**
 * Shows the progress of a run on standard error, apart from JSON on standard output. A terminal gets one line that is
 * rewritten; other outputs get one line a round, and one after a long pause between rounds.
 */
export function showProgress(output: ProgressOutput, options: ProgressOptions = {}): ProgressLine {
  const { underWay } = options
  const text = (progress: Progress | undefined, elapsedMs: number, reportedMs: number) =>
    describe(progress, elapsedMs, reportedMs, underWay?.() ?? null)
  return showProgressOf(output, text, options)
}

/** Returns the text of the progress. Times are ms since the start: now, and at the last report. */
type Describe<P> = (progress: P | undefined, elapsedMs: number, reportedMs: number) => string

interface DisplayOptions extends ProgressOptions {
  /** Least time between plain lines, ms, for frequent reports. */
  readonly everyMs?: number
}

/** Shows the progress of any work; `describe` returns its text. */
export function showProgressOf<P>(
  output: ProgressOutput,
  describe: Describe<P>,
  options: DisplayOptions,
): ProgressLine<P> {
  const isRewritten = output.isTTY === true && process.env.TERM !== 'dumb'
  return isRewritten ? new RewrittenLine(output, describe, options) : new PlainLines(output, describe, options)
}

/** The latest report and its time, common to both displays. */
class Display<P> {
  protected readonly output: ProgressOutput
  protected readonly nowMs: () => number
  protected readonly beganMs: number
  protected readonly everyMs: number | undefined
  private readonly describe: Describe<P>
  private latest: P | undefined
  private latestMs: number

  constructor(output: ProgressOutput, describe: Describe<P>, { nowMs, everyMs }: DisplayOptions) {
    this.output = output
    this.describe = describe
    this.everyMs = everyMs
    this.nowMs = nowMs ?? (() => performance.now())
    const createdMs = this.nowMs()
    // To the user, the time that the process took to start and to read the design is part of the silence.
    this.beganMs = nowMs === undefined && createdMs < longestStartMs ? 0 : createdMs
    this.latestMs = createdMs
  }

  protected note(progress: P): void {
    this.latest = progress
    this.latestMs = this.nowMs()
  }

  protected isEarly(nowMs: number): boolean {
    return nowMs - this.beganMs < patienceMs
  }

  protected text(nowMs: number): string {
    return this.describe(this.latest, nowMs - this.beganMs, this.latestMs - this.beganMs)
  }
}

/** One line of a terminal, redrawn at regular intervals. */
class RewrittenLine<P> extends Display<P> implements ProgressLine<P> {
  private isShown = false
  private readonly timer = setInterval(() => this.draw(), refreshMs).unref()

  report(progress: P): void {
    this.note(progress)
    if (this.everyMs === undefined) this.draw()
  }

  say(text: string): void {
    this.clear()
    this.output.write(`${text}\n`)
  }

  end(): void {
    clearInterval(this.timer)
    this.clear()
  }

  private draw(): void {
    const nowMs = this.nowMs()
    if (this.isEarly(nowMs)) return
    this.clear()
    this.output.write(clip(this.text(nowMs), (this.output.columns ?? 80) - 1))
    this.isShown = true
  }

  private clear(): void {
    if (this.isShown) this.output.write('\r\u001b[K')
    this.isShown = false
  }
}

/** Plain lines: one a round, and one after each pause that is as long as the elapsed time. */
class PlainLines<P> extends Display<P> implements ProgressLine<P> {
  private readonly timer = setInterval(() => this.breakSilence(), refreshMs).unref()
  private printedMs = Number.NEGATIVE_INFINITY

  report(progress: P): void {
    this.note(progress)
    const nowMs = this.nowMs()
    if (this.isEarly(nowMs) || nowMs - this.printedMs < (this.everyMs ?? 0)) return
    this.print(nowMs)
  }

  say(text: string): void {
    this.output.write(`${text}\n`)
  }

  end(): void {
    clearInterval(this.timer)
  }

  private breakSilence(): void {
    const nowMs = this.nowMs()
    const silentSinceMs = Math.max(this.printedMs, this.beganMs)
    const patience = Math.min(longestSilenceMs, Math.max(patienceMs, silentSinceMs - this.beganMs))
    if (nowMs - silentSinceMs >= patience) this.print(nowMs)
  }

  private print(nowMs: number): void {
    this.printedMs = nowMs
    this.output.write(`${this.text(nowMs)}\n`)
  }
}

/** Returns `60 of about 200 replications, about 12 s left · mean 18.3 ms ± 0.2 · p99 80.9 ms ± 1.2`. */
function describe(
  progress: Progress | undefined,
  elapsedMs: number,
  reportedMs: number,
  underWay: Pass | null,
): string {
  if (underWay !== null && (progress === undefined || elapsedMs > reportedMs)) {
    const { pass, done, of, meanMs } = underWay
    const how = of === 0 ? '' : `: ${count(Math.floor(done))} of ${count(of)} done`
    const now = `${pass}${how}, ${clock(elapsedMs)} so far`
    const roughly = meanMs === null ? [] : [`mean ${about(meanMs)}`]
    return [now, ...(progress === undefined ? roughly : numbersOf(progress))].join(' · ').replaceAll(tie, ' ')
  }
  if (progress === undefined || Math.max(progress.done, progress.planned) === 0)
    return `simulating, ${clock(elapsedMs)} so far`.replaceAll(tie, ' ')
  const { done, planned } = progress
  const leftMs = done > 0 ? (reportedMs / done) * Math.max(0, planned - done) - (elapsedMs - reportedMs) : 0
  const left = leftMs > 500 ? `, about ${clock(leftMs)} left` : ''
  if (done >= planned && elapsedMs - reportedMs > 1000) {
    const after = `${count(done)} replications done, running further analyses, ${clock(elapsedMs)} so far`
    return [after, ...numbersOf(progress)].join(' · ').replaceAll(tie, ' ')
  }
  const parts = [
    `${count(done)} of about ${count(Math.max(planned, done))} replications${left}`,
    ...numbersOf(progress),
  ]
  return parts.join(' · ').replaceAll(tie, ' ')
}

function numbersOf({ mean, p99 }: Progress): string[] {
  return [...soFar('mean', mean), ...soFar('p99', p99)]
}

/** Above this half-width, relative to the number, the interval only says how few replications there are. */
const widest = 0.5

function soFar(label: string, found: Estimate): string[] {
  if (!found.sufficient) return []
  const isRough = Number.isFinite(found.high) && (found.high - found.low) / 2 > widest * found.point
  return [`${label} ${isRough ? about(found.point) : estimate(found, 'duration')}`]
}

function about(ms: number): string {
  return `about ${known(Number(ms.toPrecision(2)), 'duration')}`
}

function clip(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`
}
