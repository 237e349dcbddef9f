export interface ErlangA {
  readonly abandonedShare: number
  readonly waitProbability: number
  readonly meanQueue: number
  readonly utilization: number
}

/**
 * `servers` servers with one queue from which each waiting customer leaves at `patienceRate`. Poisson arrivals,
 * exponential service and patience; any load. Solved as a birth and death process around its most likely state.
 * Source: C. Palm, 1946; A. Mandelbaum and S. Zeltyn, Service engineering in action: the Palm/Erlang-A queue, 2007.
 */
export function erlangA(servers: number, arrivalRate: number, serviceRate: number, patienceRate: number): ErlangA {
  const leaving = (n: number) => Math.min(n, servers) * serviceRate + Math.max(0, n - servers) * patienceRate
  let mode = 0
  while (leaving(mode + 1) < arrivalRate) mode += 1
  let total = 0
  let waiting = 0
  let queue = 0
  let busy = 0
  const visit = (n: number, weight: number) => {
    total += weight
    if (n >= servers) waiting += weight
    queue += Math.max(0, n - servers) * weight
    busy += Math.min(n, servers) * weight
  }
  visit(mode, 1)
  for (let n = mode, weight = 1; weight > 1e-25; n += 1) {
    weight *= arrivalRate / leaving(n + 1)
    visit(n + 1, weight)
  }
  for (let n = mode, weight = 1; n > 0 && weight > 1e-25; n -= 1) {
    weight *= leaving(n) / arrivalRate
    visit(n - 1, weight)
  }
  const meanQueue = queue / total
  return {
    abandonedShare: (patienceRate * meanQueue) / arrivalRate,
    waitProbability: waiting / total,
    meanQueue,
    utilization: busy / total / servers,
  }
}
