import { pow } from '../support/elementary.ts'

export interface Retries {
  /** Attempts per request on average: (1 - p^k) / (1 - p). */
  readonly attempts: number
  /** Share of requests that succeed in the end: 1 - p^k. */
  readonly success: number
}

/**
 * Up to `attempts` attempts, each failing with probability `failureShare`, independently; the sum of a geometric series.
 * Source: W. Feller, An Introduction to Probability Theory and Its Applications, vol. 1, Wiley, 1968, ch. 6.
 */
export function retries(failureShare: number, attempts: number): Retries {
  const success = 1 - pow(failureShare, attempts)
  return { attempts: failureShare === 1 ? attempts : success / (1 - failureShare), success }
}

/**
 * Attempts at the bottom per request at the top when everything there fails and each of `layers` makes up to `attempts`.
 * Source: M. Brooker, Timeouts, retries and backoff with jitter, Amazon Builders' Library, 2019.
 */
export function retryAmplification(attempts: number, layers: number): number {
  return pow(attempts, layers)
}
