import type { Cohort } from '../kernel/requests.ts'
import type { KindCell } from './task.ts'

/** A cohort of requests as plain data. */
export function kindCell(cohort: Cohort): KindCell {
  return {
    offered: cohort.offered,
    answered: cohort.answered,
    inTime: cohort.inTime,
    inside: cohort.inside,
    stillInTime: cohort.stillInTime,
    insideMs: cohort.insideMs,
    completed: cohort.completed,
    sumMs: cohort.sumMs,
    stale: cohort.stale,
    versionsBehind: cohort.versionsBehind,
    behindMs: cohort.behindMs,
    failed: [...cohort.failed].sort(([a], [b]) => a - b),
    histogram: cohort.histogram.encode(),
    done: cohort.done?.count ?? 0,
    doneMs: cohort.done?.sumMs ?? 0,
    doneOpen: cohort.done?.open ?? 0,
    doneOpenMs: cohort.done?.openMs ?? 0,
    doneHistogram: cohort.done?.histogram.encode() ?? null,
  }
}
