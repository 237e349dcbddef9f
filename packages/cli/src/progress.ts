import type { Progress } from '@loadpath/core'
import { clock, count, estimate } from './print/number.ts'
import { displayWidth, tie } from './print/width.ts'

/** What is over sooner needs no progress. */
const patienceMs = 2000
const refreshMs = 250

export interface ProgressOutput {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface ProgressLine<P = Progress> {
  report(progress: P): void
  /** A sentence of its own, above the line that is rewritten. */
  say(text: string): void
  end(): void
}

/**
 * How far a run has come: one line that is rewritten on a terminal, else a plain line a round; `quiet` leaves the plain
 * lines out.
 */
export function showProgress(output: ProgressOutput, options: { quiet: boolean; nowMs?: () => number }): ProgressLine {
  return showProgressOf(output, describe, options)
}

/** The same for work of any kind: `describe` says how far it has come. */
export function showProgressOf<P>(
  output: ProgressOutput,
  describe: (progress: P | undefined, elapsedMs: number, reportedMs: number) => string,
  options: { quiet: boolean; nowMs?: () => number; everyMs?: number },
): ProgressLine<P> {
  const nowMs = options.nowMs ?? (() => performance.now())
  const began = nowMs()
  const isRewritten = output.isTTY === true && process.env.TERM !== 'dumb'
  let latest: P | undefined
  let latestAt = began
  let isShown = false
  let printedAt = Number.NEGATIVE_INFINITY
  const clear = (): void => {
    if (isShown) output.write('\r\u001b[K')
    isShown = false
  }
  const draw = (): void => {
    const now = nowMs()
    if (now - began < patienceMs) return
    clear()
    output.write(clip(describe(latest, now - began, latestAt - began), (output.columns ?? 80) - 1))
    isShown = true
  }
  const timer = isRewritten ? setInterval(draw, refreshMs) : undefined
  timer?.unref()
  return {
    report: (progress) => {
      latest = progress
      latestAt = nowMs()
      // A terminal is drawn by the clock where there is news all the time.
      if (isRewritten) {
        if (options.everyMs === undefined) draw()
      } else if (!options.quiet && latestAt - began >= patienceMs && latestAt - printedAt >= (options.everyMs ?? 0)) {
        printedAt = latestAt
        output.write(`${describe(progress, latestAt - began, latestAt - began)}\n`)
      }
    },
    say: (text) => {
      clear()
      output.write(`${text}\n`)
    },
    end: () => {
      clearInterval(timer)
      clear()
    },
  }
}

/** `60 of about 200 replications, about 12 s left · mean 18.3 ms ± 0.2 · p99 80.9 ms ± 1.2` */
function describe(progress: Progress | undefined, elapsedMs: number, reportedMs: number): string {
  if (progress === undefined) return `simulating, ${clock(elapsedMs)} so far`.replaceAll(tie, ' ')
  const { done, planned } = progress
  const leftMs = done > 0 ? (reportedMs / done) * Math.max(0, planned - done) - (elapsedMs - reportedMs) : 0
  const left = leftMs > 500 ? `, about ${clock(leftMs)} left` : ''
  if (done >= planned && elapsedMs - reportedMs > 1000) {
    const after = `${count(done)} replications done, now what takes runs of its own, ${clock(elapsedMs)} so far`
    return [after, ...numbersOf(progress)].join(' · ').replaceAll(tie, ' ')
  }
  const parts = [
    `${count(done)} of about ${count(Math.max(planned, done))} replications${left}`,
    ...numbersOf(progress),
  ]
  return parts.join(' · ').replaceAll(tie, ' ')
}

function numbersOf({ mean, p99 }: Progress): string[] {
  return [
    ...(mean.enough ? [`mean ${estimate(mean, 'duration')}`] : []),
    ...(p99.enough ? [`p99 ${estimate(p99, 'duration')}`] : []),
  ]
}

function clip(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `${[...text].slice(0, Math.max(0, width - 1)).join('')}…`
}
