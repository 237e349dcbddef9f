import { clock } from '../print/number.ts'
import { tie } from '../print/width.ts'

/** The progress of a trace. */
export interface TraceProgress {
  /** Share of the file read, from 0 to 1, or NaN if its length is unknown. */
  readonly read: number
  readonly done: number
  /** Number of replays; 0 until the file is read. */
  readonly planned: number
}

/** `waiting for the trace from standard input, 3 s so far`, `reading, 40 %, 3 s so far`, `5 of 24 replays, 8 s so far, about 20 s left`. */
export function describeProgress(name: string, progress: TraceProgress | undefined, elapsedMs: number): string {
  const soFar = `${clock(elapsedMs)} so far`
  const isNothingRead = progress === undefined || (progress.read === 0 && progress.planned === 0)
  if (isNothingRead) return `waiting for the trace from ${name}, ${soFar}`.replaceAll(tie, ' ')
  if (progress.planned === 0) {
    const share = !(progress.read <= 1) ? '' : `${Math.floor(progress.read * 100)} %, `
    return `reading, ${share}${soFar}`.replaceAll(tie, ' ')
  }
  const { done, planned } = progress
  return `${done} of ${planned} replays, ${soFar}`.replaceAll(tie, ' ')
}
