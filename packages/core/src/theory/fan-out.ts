import { pow } from '../support/elementary.ts'

/**
 * Share of requests delayed by at least one of `leaves` leaves, each slow with probability `slowShare`, independently.
 * Source: J. Dean and L. A. Barroso, The tail at scale, Communications of the ACM 56(2), 2013.
 */
export function fanOutSlowShare(slowShare: number, leaves: number): number {
  return 1 - pow(1 - slowShare, leaves)
}

/** The quantile of one leaf that becomes quantile `q` of a request that waits for all `leaves`, if independent. */
export function leafQuantileFor(q: number, leaves: number): number {
  return pow(q, 1 / leaves)
}
