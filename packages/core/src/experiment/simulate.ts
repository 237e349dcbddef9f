import type { Design } from '../language/design.ts'
import type { Answer, Comparison } from './answer.ts'
import type { Runner } from './task.ts'

/** What a caller may want of a simulation. */
export interface SimulateOptions {
  /** Runs replications, on one thread or many. */
  readonly runner: Runner
  /** Instead of the design's own seed. */
  readonly seed?: number
  /** Follow the slowest request of the run through all blocks. */
  readonly traceSlowest?: boolean
  /** Hears of the answer so far, at the end of each round. */
  readonly progress?: (progress: Progress) => void
  /** Ends the run at the end of the round under way, with the answer so far. */
  readonly stopping?: () => boolean
}

/** How far a run has come. */
export interface Progress {
  /** A complete answer as of now, without what takes runs of its own. */
  readonly soFar: Answer
  /** Replications done, and those planned as far as known. */
  readonly done: number
  readonly planned: number
}

/** Simulates a design. */
export declare function simulate(design: Design, options: SimulateOptions): Promise<Answer>

/** Simulates several designs under the same chance, and says which differences are certain. */
export declare function compare(designs: readonly Design[], options: SimulateOptions): Promise<Comparison>
