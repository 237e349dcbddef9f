import { exp } from '../support/elementary.ts'
import { mg1 } from './mg1.ts'
import { whereFallsTo } from './solve.ts'

export interface Md1 {
  readonly utilization: number
  readonly meanWait: number
  readonly meanResponse: number
  /** Probability that a customer waits no longer than `t`. */
  waitCdf(t: number): number
  waitQuantile(q: number): number
  responseQuantile(q: number): number
}

/**
 * One server, Poisson arrivals, constant service time, first come first served, no limit. The distribution of the wait
 * is Crommelin's, in the form that adds only positive terms and so stays exact for long waits.
 * Source: G. J. Franx, A simple solution for the M/D/c waiting time distribution, Operations Research Letters 29, 2001.
 */
export function md1(arrivalRate: number, service: number): Md1 {
  const { utilization, meanWait, meanResponse } = mg1(arrivalRate, service, 0)
  const upTo = queueLengths(utilization)
  const waitCdf = (t: number): number => {
    if (t < 0) return 0
    const services = Math.floor(t / service) + 1
    const arrivals = arrivalRate * (services * service - t)
    let weight = exp(-arrivals)
    let sum = 0
    for (let j = 0; j < services; j += 1) {
      sum += weight * upTo(services - 1 - j)
      weight *= arrivals / (j + 1)
      if (weight < 1e-20 && j > arrivals) break
    }
    return sum
  }
  const waitQuantile = (q: number) => whereFallsTo(1 - q, (t) => 1 - waitCdf(t))
  return {
    utilization: utilization,
    meanWait,
    meanResponse,
    waitCdf,
    waitQuantile,
    responseQuantile: (q) => waitQuantile(q) + service,
  }
}

/**
 * Probability of at most n customers in the queue, as a function of n. The probabilities in the system follow from what
 * crosses each level: p(j+1) a(0) = p(0) A(j+1) + sum over i of p(i) A(j-i+2), where a is the number of arrivals during
 * a service and A its upper tail.
 */
function queueLengths(utilization: number): (n: number) => number {
  const none = exp(-utilization)
  const tails: number[] = []
  let weight = none
  for (let m = 0; m === 0 || weight > 1e-30 || m < utilization; m += 1) {
    tails.push(weight)
    weight *= utilization / (m + 1)
  }
  for (let m = tails.length - 2; m >= 0; m -= 1) tails[m] = (tails[m] as number) + (tails[m + 1] as number)
  const inSystem = [1 - utilization]
  const upTo: number[] = []
  return (n) => {
    while (upTo.length <= n) {
      const j = inSystem.length - 1
      let crossing = (inSystem[0] as number) * (tails[j + 1] ?? 0)
      for (let i = Math.max(1, j + 2 - tails.length); i <= j; i += 1)
        crossing += (inSystem[i] as number) * (tails[j - i + 2] ?? 0)
      inSystem.push(crossing / none)
      upTo.push((upTo[j - 1] ?? (inSystem[0] as number)) + (inSystem[j + 1] as number))
    }
    return upTo[n] as number
  }
}
