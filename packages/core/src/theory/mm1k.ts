export interface Mm1k {
  readonly blockedShare: number
  readonly throughput: number
  readonly meanInSystem: number
  readonly meanQueue: number
  /** Of those admitted. */
  readonly meanResponse: number
  readonly meanWait: number
}

/**
 * One server with room for `places` customers in all, the one in service included; who finds no place is lost. Poisson
 * arrivals, exponential service. P(n) is proportional to rho^n; any load.
 * Source: L. Kleinrock, Queueing Systems, vol. 1, Wiley, 1975, ch. 3.6.
 */
export function mm1k(arrivalRate: number, serviceRate: number, places: number): Mm1k {
  const load = arrivalRate / serviceRate
  // Weights relative to the fullest state when overloaded, so that no power overflows.
  const step = load <= 1 ? load : 1 / load
  let weight = 1
  let total = 0
  let weighted = 0
  let full = 0
  let empty = 0
  for (let i = 0; i <= places; i += 1) {
    const inside = load <= 1 ? i : places - i
    total += weight
    weighted += inside * weight
    if (inside === places) full = weight
    if (inside === 0) empty = weight
    weight *= step
  }
  const blockedShare = full / total
  const throughput = arrivalRate * (1 - blockedShare)
  const meanInSystem = weighted / total
  const meanQueue = meanInSystem - (1 - empty / total)
  return {
    blockedShare,
    throughput,
    meanInSystem,
    meanQueue,
    meanResponse: meanInSystem / throughput,
    meanWait: meanQueue / throughput,
  }
}
