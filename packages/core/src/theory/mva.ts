export interface ClosedNetwork {
  readonly throughput: number
  /** Time of one interaction without the thinking. */
  readonly response: number
  /** Customers at each station. */
  readonly queues: readonly number[]
  /** The most that any number of customers can bring through: one over the largest demand. */
  readonly throughputBound: number
  /** Customers at which the bounds for few and for many meet. */
  readonly saturation: number
}

/**
 * `customers` who think for `thinkTime` on average and then visit every station once, with these mean demands (visits
 * times service time). Stations have one server each: exponential service if first come first served, any distribution if the
 * server is shared. Exact mean value analysis.
 * Source: M. Reiser and S. S. Lavenberg, Mean-value analysis of closed multichain queueing networks, JACM 27(2), 1980.
 */
export function mva(demands: readonly number[], thinkTime: number, customers: number): ClosedNetwork {
  let queues: readonly number[] = demands.map(() => 0)
  let throughput = 0
  let response = demands.reduce((sum, demand) => sum + demand, 0)
  const bottleneck = Math.max(...demands)
  const saturation = (response + thinkTime) / bottleneck
  for (let n = 1; n <= customers; n += 1) {
    const times = demands.map((demand, i) => demand * (1 + (queues[i] as number)))
    response = times.reduce((sum, time) => sum + time, 0)
    throughput = n / (thinkTime + response)
    queues = times.map((time) => throughput * time)
  }
  return { throughput, response, queues, throughputBound: 1 / bottleneck, saturation }
}
