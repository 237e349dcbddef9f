export interface PriorityClass {
  readonly arrivalRate: number
  readonly serviceRate: number
}

/**
 * Mean wait and mean response of each class, the most urgent first: one server, Poisson arrivals, exponential service,
 * the most urgent next, nobody interrupted. W_k = W_0 / ((1 - s_{k-1})(1 - s_k)), s_k the load of classes 1 to k, W_0
 * the mean remaining service.
 * Source: A. Cobham, Priority assignment in waiting line problems, Operations Research 2, 1954.
 */
export function priorityMm1(classes: readonly PriorityClass[]): { meanWait: number; meanResponse: number }[] {
  let remaining = 0
  for (const { arrivalRate, serviceRate } of classes) remaining += arrivalRate / (serviceRate * serviceRate)
  let before = 0
  return classes.map(({ arrivalRate, serviceRate }) => {
    const upTo = before + arrivalRate / serviceRate
    const meanWait = remaining / ((1 - before) * (1 - upTo))
    before = upTo
    return { meanWait, meanResponse: meanWait + 1 / serviceRate }
  })
}
