import type { Restore } from './condition.ts'

/** The traffic of a design, as faults see it. */
export interface FaultyTraffic {
  /** Multiplies the arrivals of a source from now on, or those of one kind of its requests. @returns what ends it */
  multiply(source: string, kind: string | undefined, factor: number): Restore
}
