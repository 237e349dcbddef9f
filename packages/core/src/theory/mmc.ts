import { exp, ln } from '../support/elementary.ts'
import { erlangB } from './erlang-b.ts'
import { whereFallsTo } from './solve.ts'

export interface Mmc {
  readonly utilization: number
  /** Probability that a customer has to wait: Erlang C. */
  readonly waitProbability: number
  readonly meanWait: number
  readonly meanResponse: number
  readonly meanQueue: number
  readonly meanInSystem: number
  /** The wait that a share `q` of all customers, those who do not wait included, does not exceed. */
  waitQuantile(q: number): number
  responseQuantile(q: number): number
}

/**
 * `servers` equal servers with one queue, Poisson arrivals, exponential service, first come first served, no limit.
 * P(W > t) = C e^{-(c mu - lambda) t}; P(T > t) = e^{-mu t} [1 + C (1 - e^{-mu t (c - 1 - a)}) / (c - 1 - a)].
 * Times are in the unit of the rates; assumes arrivalRate < servers * serviceRate.
 * Source: A. K. Erlang, 1917; L. Kleinrock, Queueing Systems, vol. 1, Wiley, 1975, ch. 3.
 */
export function mmc(servers: number, arrivalRate: number, serviceRate: number): Mmc {
  const load = arrivalRate / serviceRate
  const blocked = erlangB(servers, load)
  const waitProbability = (servers * blocked) / (servers - load * (1 - blocked))
  const spare = servers * serviceRate - arrivalRate
  const meanWait = waitProbability / spare
  const meanResponse = meanWait + 1 / serviceRate
  const surplus = servers - 1 - load
  const responseTail = (t: number) => {
    const served = exp(-serviceRate * t)
    const ratio = Math.abs(surplus) < 1e-9 ? serviceRate * t : (1 - exp(-serviceRate * t * surplus)) / surplus
    return served * (1 + waitProbability * ratio)
  }
  return {
    utilization: load / servers,
    waitProbability,
    meanWait,
    meanResponse,
    meanQueue: arrivalRate * meanWait,
    meanInSystem: arrivalRate * meanResponse,
    waitQuantile: (q) => (1 - q >= waitProbability ? 0 : ln(waitProbability / (1 - q)) / spare),
    responseQuantile: (q) => whereFallsTo(1 - q, responseTail),
  }
}
