import { ln } from '../support/elementary.ts'

export interface Mm1 {
  readonly utilization: number
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
  const utilization = arrivalRate / serviceRate
  const meanResponse = 1 / (serviceRate - arrivalRate)
  return {
    utilization: utilization,
    meanResponse,
    meanWait: utilization * meanResponse,
    meanInSystem: utilization / (1 - utilization),
    meanQueue: (utilization * utilization) / (1 - utilization),
    responseQuantile: (q) => -ln(1 - q) * meanResponse,
  }
}
