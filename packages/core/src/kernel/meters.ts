import { Level } from './level.ts'
import { Waits } from './waits.ts'

/**
 * What the stations of one block are measured by, all of them together: a thousand instances have one set of levels,
 * and a request touches few places in memory.
 */
export class Meters {
  /** Calls that hold a worker, calls that wait for one, and cores busy. */
  readonly held = new Level()
  readonly waiting = new Level()
  readonly busy = new Level()
  readonly waits = new Waits()
  /** Longest line that has stood in front of one station. */
  longestLine = 0
}
