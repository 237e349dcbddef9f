/** How long to wait before the next attempt. */
export interface BackOff {
  /**
   * Delay before attempt `attempt` (from 2), in ms.
   * @param uniform in (0, 1), belongs to this attempt alone
   * @param previousMs the delay before the attempt before, if it `isChained`; 0 before the second attempt
   */
  delayMs(attempt: number, uniform: number, previousMs: number): number
  /** Whether each delay depends on the one before. */
  readonly isChained?: true
}
