import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Fingerprint } from './fingerprint.ts'

const recordName = 'measured.json'

/** What is kept beside a verdict about the last time that it was measured in full. */
export interface Record {
  /** CPU time, to one digit: it orders what is measured, longest first. */
  readonly cpuSeconds: number
  /** Whether everything held that the verdict rests on. */
  readonly holds: boolean
  /** Of what was measured then: as long as it is the same, the verdict stands. */
  readonly fingerprint: Fingerprint
  /** Verdict and number by expectation; for cases, which have no page that shows them. */
  readonly expectations?: Readonly<{ [name: string]: string }>
}

/** The record in a folder; undefined where nothing was ever measured. */
export function readRecord(folder: string): Record | undefined {
  const path = join(folder, recordName)
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record) : undefined
}

/** A record as the file that it stands in. */
export function recordFile(folder: string, record: Record): Readonly<{ [path: string]: string }> {
  return { [join(folder, recordName)]: `${JSON.stringify(record, null, 2)}\n` }
}

/** The time last recorded, unless it has changed by more than half: times of a shared machine are noise. */
export function steadySeconds(seconds: number, before: number | undefined): number {
  if (before !== undefined && seconds < 1.5 * before && before < 1.5 * seconds) return before
  return Number(seconds.toPrecision(1))
}
