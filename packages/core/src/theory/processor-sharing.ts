export interface ProcessorSharing {
  readonly utilization: number
  readonly meanResponse: number
  readonly meanInSystem: number
  /** Mean response of a job that needs this much work. */
  responseOf(work: number): number
}

/**
 * One server that works on all present at once, each at an equal share; Poisson arrivals, any service distribution of this mean.
 * T(x) = x / (1 - rho): insensitive to the distribution.
 * Source: L. Kleinrock, Queueing Systems, vol. 2, Wiley, 1976, ch. 4.4.
 */
export function processorSharing(arrivalRate: number, meanService: number): ProcessorSharing {
  const utilization = arrivalRate * meanService
  return {
    utilization: utilization,
    meanResponse: meanService / (1 - utilization),
    meanInSystem: utilization / (1 - utilization),
    responseOf: (work) => work / (1 - utilization),
  }
}
