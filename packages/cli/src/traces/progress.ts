import { clock } from '../print/number.ts'
import { tie } from '../print/width.ts'

/** How far a trace has come. */
export interface TraceProgress {
  /** Of the file, from 0 to 1; NaN where nobody knows how long it is. */
  readonly read: number
  readonly done: number
  /** Replays that follow the reading; 0 before it is over. */
  readonly planned: number
}

/** `reading, 40 %, 3 s so far`, `5 of 24 replays, 8 s so far, about 20 s left`. */
export function describeProgress(progress: TraceProgress | undefined, elapsedMs: number): string {
  const soFar = `${clock(elapsedMs)} so far`
  if (progress === undefined || progress.planned === 0) {
    const share = progress === undefined || !(progress.read <= 1) ? '' : `${Math.floor(progress.read * 100)} %, `
    return `reading, ${share}${soFar}`.replaceAll(tie, ' ')
  }
  const { done, planned } = progress
  return `${done} of ${planned} replays, ${soFar}`.replaceAll(tie, ' ')
}
