import { exp, pow } from '../support/elementary.ts'
import { whereFallsTo } from './solve.ts'

export interface CheApproximation {
  readonly hitRatio: number
  /** How long, in requests, an object stays that is not requested again. */
  readonly characteristicTime: number
}

/**
 * Hit ratio of a least-recently-used cache of `capacity` objects of one size, where each request is for object i with
 * probability `shares[i]`, independently. T solves sum(1 - e^{-p T}) = C; the hit ratio is sum(p (1 - e^{-p T})). Off by
 * less than half a point from ten objects of room on.
 * Sources: H. Che, Y. Tung, Z. Wang, IEEE Journal on Selected Areas in Communications 20(7), 2002; C. Fricker, P. Robert,
 * J. Roberts, A versatile and accurate approximation for LRU cache performance, 2012.
 */
export function cheApproximation(shares: ArrayLike<number>, capacity: number): CheApproximation {
  if (capacity >= shares.length) return { hitRatio: 1, characteristicTime: Infinity }
  const absent = (time: number) => {
    let sum = 0
    for (let i = 0; i < shares.length; i += 1) sum += exp(-(shares[i] as number) * time)
    return sum
  }
  const characteristicTime = whereFallsTo(shares.length - capacity, absent)
  let hitRatio = 0
  for (let i = 0; i < shares.length; i += 1) {
    const share = shares[i] as number
    hitRatio += share * (1 - exp(-share * characteristicTime))
  }
  return { hitRatio, characteristicTime }
}

/** Shares of `keys` objects whose popularity falls as rank^-exponent. */
export function zipfShares(exponent: number, keys: number): Float64Array {
  const shares = new Float64Array(keys)
  let total = 0
  for (let i = 0; i < keys; i += 1) {
    const weight = pow(i + 1, -exponent)
    shares[i] = weight
    total += weight
  }
  for (let i = 0; i < keys; i += 1) shares[i] = (shares[i] as number) / total
  return shares
}
