import { ln, pow } from '../support/elementary.ts'

export interface GiM1 {
  /** Probability that a customer has to wait. */
  readonly waitProbability: number
  readonly meanResponse: number
  readonly meanWait: number
  responseQuantile(q: number): number
}

/**
 * One server with exponential service; independent gaps between arrivals given by their Laplace transform E[e^{-s A}].
 * Those who wait are a share sigma, the root below 1 of sigma = transform(mu (1 - sigma)); the response time is
 * exponential with mean 1 / (mu (1 - sigma)). Assumes a load below 1.
 * Source: L. Kleinrock, Queueing Systems, vol. 1, Wiley, 1975, ch. 6.
 */
export function giM1(transform: (s: number) => number, serviceRate: number): GiM1 {
  // transform(mu (1 - sigma)) - sigma is convex, positive at 0 and zero at 1: it is positive up to the root sought.
  let low = 0
  let high = 1
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (transform(serviceRate * (1 - middle)) > middle) low = middle
    else high = middle
  }
  const meanResponse = 1 / (serviceRate * (1 - low))
  return {
    waitProbability: low,
    meanResponse,
    meanWait: meanResponse - 1 / serviceRate,
    responseQuantile: (q) => -ln(1 - q) * meanResponse,
  }
}

/** Every `servers`-th arrival of a Poisson stream of `arrivalRate` per server: what round robin sends to one of them. */
export function roundRobinGaps(servers: number, arrivalRate: number): (s: number) => number {
  const total = servers * arrivalRate
  return (s) => pow(total / (total + s), servers)
}

/**
 * Poisson arrivals at `arrivalRate` while the source is on; it is on and off for exponential times that end at `offRate`
 * and `onRate`. Source: A. Kuczura, The interrupted Poisson process as an overflow process, Bell System Technical
 * Journal 52, 1973.
 */
export function interruptedPoissonGaps(arrivalRate: number, offRate: number, onRate: number): (s: number) => number {
  return (s) => (arrivalRate * (s + onRate)) / ((s + offRate + arrivalRate) * (s + onRate) - offRate * onRate)
}
