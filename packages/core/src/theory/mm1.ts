import { ln } from '../support/elementary.ts'

export interface Mm1 {
  readonly utilisation: number
  readonly meanInSystem: number
  readonly meanQueue: number
  readonly meanResponse: number
  readonly meanWait: number
  /** The response time that a share `q` of customers does not exceed. */
  responseQuantile(q: number): number
}

/**
 * One server, Poisson arrivals at `arrivalRate`, exponential service at `serviceRate`, first come first served, no limit.
 * W = 1 / (mu - lambda), and the response time is exponential with that mean. Times are in the unit of the rates;
 * assumes arrivalRate < serviceRate.
 * Source: L. Kleinrock, Queueing Systems, vol. 1, Wiley, 1975, ch. 3.
 */
export function mm1(arrivalRate: number, serviceRate: number): Mm1 {
  const utilisation = arrivalRate / serviceRate
  const meanResponse = 1 / (serviceRate - arrivalRate)
  return {
    utilisation,
    meanResponse,
    meanWait: utilisation * meanResponse,
    meanInSystem: utilisation / (1 - utilisation),
    meanQueue: (utilisation * utilisation) / (1 - utilisation),
    responseQuantile: (q) => -ln(1 - q) * meanResponse,
  }
}
