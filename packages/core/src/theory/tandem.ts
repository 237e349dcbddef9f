import { exp } from '../support/elementary.ts'
import { invariant } from '../support/invariant.ts'
import { whereFallsTo } from './solve.ts'

export interface Tandem {
  readonly meanResponses: readonly number[]
  readonly meanResponse: number
  readonly meanInSystem: number
  responseQuantile(q: number): number
}

/**
 * Single servers in series, Poisson arrivals, exponential service drawn again at each, first come first served. The times
 * at the servers are independent exponentials with rates mu_i - lambda, so the total is hypoexponential. Assumes that
 * these rates differ from each other.
 * Sources: P. J. Burke, The output of a queueing system, Operations Research 4, 1956; E. Reich, 1957 (independence).
 */
export function tandem(arrivalRate: number, serviceRates: readonly number[]): Tandem {
  const rates = serviceRates.map((rate) => rate - arrivalRate)
  invariant(new Set(rates).size === rates.length, 'the service rates of this tandem must differ')
  const weights = rates.map((rate) =>
    rates.reduce((product, other) => (other === rate ? product : (product * other) / (other - rate)), 1),
  )
  const tail = (t: number) => rates.reduce((sum, rate, i) => sum + (weights[i] as number) * exp(-rate * t), 0)
  const meanResponses = rates.map((rate) => 1 / rate)
  const meanResponse = meanResponses.reduce((sum, mean) => sum + mean, 0)
  return {
    meanResponses,
    meanResponse,
    meanInSystem: arrivalRate * meanResponse,
    responseQuantile: (q) => whereFallsTo(1 - q, tail),
  }
}
