export interface Mg1 {
  readonly utilization: number
  readonly meanWait: number
  readonly meanResponse: number
  readonly meanQueue: number
  readonly meanInSystem: number
}

/**
 * One server, Poisson arrivals, any service distribution of this mean and squared coefficient of variation, first come first
 * served, no limit: Pollaczek and Khinchine's Wq = rho S (1 + C^2) / (2 (1 - rho)).
 * Source: L. Kleinrock, Queueing Systems, vol. 1, Wiley, 1975, ch. 5.
 */
export function mg1(arrivalRate: number, meanService: number, squaredCoefficientOfVariation: number): Mg1 {
  const utilization = arrivalRate * meanService
  const meanWait = (utilization * meanService * (1 + squaredCoefficientOfVariation)) / (2 * (1 - utilization))
  const meanResponse = meanWait + meanService
  return {
    utilization: utilization,
    meanWait,
    meanResponse,
    meanQueue: arrivalRate * meanWait,
    meanInSystem: arrivalRate * meanResponse,
  }
}
