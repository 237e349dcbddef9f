import { expect, it } from 'vitest'
import * as theory from './index.ts'

/** The expected number as printed: agreement to all printed digits. */
const printed = (actual: number, expected: number, digits = 6) => {
  expect(actual, `${expected}`).toBeCloseTo(expected, digits)
}

it('M/M/1 (Q01)', () => {
  const half = theory.mm1(50, 100)
  printed(half.meanInSystem, 1)
  printed(half.meanQueue, 0.5)
  printed(half.meanResponse * 1000, 20)
  printed(half.meanWait * 1000, 10)
  const busy = theory.mm1(80, 100)
  printed(busy.meanInSystem, 4)
  printed(busy.meanQueue, 3.2)
  const quantiles: [number, number, number][] = [
    [0.5, 13.862944, 34.657359],
    [0.95, 59.914645, 149.786614],
    [0.99, 92.103404, 230.258509],
    [0.999, 138.155106, 345.387764],
  ]
  for (const [q, atHalf, atBusy] of quantiles) {
    printed(half.responseQuantile(q) * 1000, atHalf)
    printed(busy.responseQuantile(q) * 1000, atBusy)
  }
})

it.each([
  [2, 1.5, 0.642857, 1.285714, 1.928571, 3.428571, 5.107799, 8.326675, 1.688068, 6.476581, 9.709503],
  [4, 3.2, 0.596432, 0.745541, 2.38573, 5.58573, 3.098679, 5.110476, 1.346199, 4.738019, 6.893204],
  [10, 8, 0.40918, 0.20459, 1.636721, 9.636721, 1.051066, 1.855785, 0.912145, 3.328275, 4.946111],
])('M/M/%i at %f (Q03)', (servers, rate, wait, meanWait, queue, inside, w95, w99, t50, t95, t99) => {
  const queueing = theory.mmc(servers, rate, 1)
  printed(queueing.waitProbability, wait)
  printed(queueing.meanWait, meanWait)
  printed(queueing.meanResponse, meanWait + 1)
  printed(queueing.meanQueue, queue)
  printed(queueing.meanInSystem, inside)
  printed(queueing.waitQuantile(0.95), w95)
  printed(queueing.waitQuantile(0.99), w99)
  printed(queueing.responseQuantile(0.5), t50)
  printed(queueing.responseQuantile(0.95), t95)
  printed(queueing.responseQuantile(0.99), t99)
  expect(queueing.waitQuantile(0.1)).toBe(0)
})

it('M/M/c with one server to spare, and with one server', () => {
  printed(theory.mmc(1, 0.8, 1).responseQuantile(0.99), theory.mm1(0.8, 1).responseQuantile(0.99), 10)
  const exact = theory.mmc(2, 1, 1).responseQuantile(0.99)
  printed(theory.mmc(2, 1 + 1e-7, 1).responseQuantile(0.99), exact, 5)
})

it('Erlang B (Q05)', () => {
  printed(theory.erlangB(5, 3), 0.110054)
  printed(theory.erlangB(10, 7), 0.078741)
  printed(theory.erlangB(10, 10), 0.214582)
  printed(7 * (1 - theory.erlangB(10, 7)), 6.448814)
})

it('M/M/1/K (Q07)', () => {
  const calm = theory.mm1k(0.9, 1, 10)
  printed(calm.blockedShare, 0.050814)
  printed(calm.throughput, 0.854268)
  printed(calm.meanInSystem, 3.969441)
  printed(calm.meanQueue, 3.115173)
  printed(calm.meanResponse, 4.646601)
  printed(calm.meanWait, 3.646601)
  const over = theory.mm1k(1.5, 1, 10)
  printed(over.blockedShare, 0.337232)
  printed(over.throughput, 0.994152)
  printed(over.meanInSystem, 8.128659)
  printed(over.meanQueue, 7.134507)
  printed(over.meanResponse, 8.176476)
  printed(theory.mm1k(1, 1, 9).blockedShare, 0.1, 12)
  printed(theory.mm1k(3, 1, 2000).blockedShare, 2 / 3, 12)
})

it('M/G/1 (Q09) and the scenario of another simulator (M03)', () => {
  const waits = (load: number) => [0, 1, 4].map((scv) => theory.mg1(load, 1, scv).meanWait)
  for (const [i, expected] of [0.5, 1, 2.5].entries()) printed(waits(0.5)[i] as number, expected, 12)
  for (const [i, expected] of [2, 4, 10].entries()) printed(waits(0.8)[i] as number, expected, 12)
  const server = theory.mg1(33.3333333 / 1000, 2, 0)
  printed(server.meanWait, 0.0714, 4)
  printed(3 * 3 + 12 + server.meanResponse, 23.071, 3)
})

it('M/D/1 (Q11)', () => {
  const queue = theory.md1(0.8, 1)
  printed(queue.waitCdf(0), 0.2, 12)
  printed(queue.waitQuantile(0.9), 5.011511)
  printed(queue.waitQuantile(0.95), 6.620325)
  printed(queue.waitQuantile(0.99), 10.355887)
  printed(queue.responseQuantile(0.99), 11.355887)
  let mean = 0
  for (let t = 0.0005; t < 80; t += 0.001) mean += (1 - queue.waitCdf(t)) * 0.001
  printed(mean, 2, 4)
  const fallsBy = (1 - queue.waitCdf(41)) / (1 - queue.waitCdf(40))
  printed(-Math.log(fallsBy), decayOfMd1(0.8))
})
/** The rate at which the tail of the wait falls: the root above 0 of load (e^s - 1) = s, for constant service of 1. */
function decayOfMd1(load: number): number {
  let [low, high] = [1e-3, 5]
  for (let i = 0; i < 200; i += 1) {
    const middle = (low + high) / 2
    if (load * (Math.exp(middle) - 1) < middle) low = middle
    else high = middle
  }
  return low
}

it('three M/M/1 in series (Q13)', () => {
  const line = theory.tandem(0.5, [1, 0.8, 0.7])
  for (const [i, expected] of [2, 3.333333, 5].entries()) printed(line.meanResponses[i] as number, expected)
  printed(line.meanResponse, 10.333333)
  printed(line.meanInSystem, 5.166667)
  printed(line.responseQuantile(0.5), 9.022518)
  printed(line.responseQuantile(0.95), 22.46842, 5)
  printed(line.responseQuantile(0.99), 30.83883, 5)
})

it('closed interactive network (Q15)', () => {
  const network = (customers: number) => theory.mva([0.05, 0.03, 0.02], 1, customers)
  printed(network(1).throughput, 0.909091)
  printed(network(1).response, 0.1)
  printed(network(5).throughput, 4.482802)
  printed(network(5).response, 0.115374)
  printed(network(10).throughput, 8.753539)
  printed(network(10).response, 0.142395)
  for (const [i, expected] of [0.69798, 0.3412, 0.20728].entries())
    printed(network(10).queues[i] as number, expected, 5)
  printed(network(20).throughput, 15.975154)
  printed(network(20).response, 0.251944)
  for (const [i, expected] of [2.70126, 0.86576, 0.45783].entries())
    printed(network(20).queues[i] as number, expected, 5)
  printed(network(1).saturation, 22, 12)
  printed(network(1).throughputBound, 20, 12)
})

it('fork-join (Q18)', () => {
  for (const [load, expected] of [
    [0.5, 2.875],
    [0.8, 7],
    [0.9, 13.875],
  ] as const) {
    printed(theory.forkJoinOfTwo(load, 1), expected, 12)
    printed(theory.forkJoin(2, load, 1), expected, 12)
  }
  for (const [servers, load, expected] of [
    [4, 0.5, 3.7898],
    [4, 0.8, 8.9303],
    [4, 0.9, 17.5049],
    [8, 0.5, 4.7848],
    [8, 0.8, 11.03],
    [8, 0.9, 21.4534],
  ] as const)
    printed(theory.forkJoin(servers, load, 1), expected, 4)
})

it('two priorities (Q20), and the conservation law', () => {
  const [high, low] = theory.priorityMm1([
    { arrivalRate: 0.3, serviceRate: 1 },
    { arrivalRate: 0.5, serviceRate: 1 },
  ]) as [{ meanWait: number; meanResponse: number }, { meanWait: number; meanResponse: number }]
  printed(high.meanWait, 1.142857)
  printed(low.meanWait, 5.714286)
  printed(high.meanResponse, 2.142857)
  printed(low.meanResponse, 6.714286)
  printed(0.3 * high.meanWait + 0.5 * low.meanWait, 3.2, 12)
})

it('processor sharing (Q22)', () => {
  const server = theory.processorSharing(0.8, 1)
  printed(server.meanResponse, 5, 12)
  for (const [work, expected] of [
    [0.1, 0.5],
    [1, 5],
    [10, 50],
  ] as const)
    printed(server.responseOf(work), expected, 12)
})

it('Erlang A (Q24)', () => {
  const small = theory.erlangA(10, 12, 1, 0.5)
  printed(small.abandonedShare, 0.195656)
  printed(small.waitProbability, 0.850385)
  printed(small.meanQueue, 4.695743)
  printed(small.utilization, 0.965213)
  const large = theory.erlangA(100, 110, 1, 1)
  printed(large.abandonedShare, 0.099192)
  printed(large.waitProbability, 0.841721)
  printed(large.meanQueue, 10.911072)
  printed(large.utilization, 0.990889)
  printed(theory.erlangA(10, 5, 1, 1e-9).waitProbability, theory.mmc(10, 5, 1).waitProbability, 6)
})

it('fluid backlog (Q26)', () => {
  expect(theory.timeToFill(1000, 800, 10_000)).toBe(50)
  expect(theory.timeToFill(800, 800, 10_000)).toBe(Infinity)
  expect(theory.burst(2000, 30, 1000, 800)).toEqual({ backlog: 30_000, drainTime: 150, longestDelay: 30 })
  expect(theory.burst(900, 30, 1000, 800).drainTime).toBe(0)
})

it('the power of d choices (L01, L03)', () => {
  for (const [load, two] of [
    [0.5, 1.2657],
    [0.7, 1.6145],
    [0.8, 1.9474],
    [0.9, 2.6141],
    [0.95, 3.383],
    [0.99, 5.432],
  ] as const)
    printed(theory.powerOfD(load, 2).meanResponse, two, 4)
  printed(theory.powerOfD(0.5, 5).meanResponse, 1.0313, 4)
  printed(theory.powerOfD(0.8, 5).meanResponse, 1.3289, 4)
  printed(theory.powerOfD(0.9, 5).meanResponse, 1.6329, 4)
  printed(theory.powerOfD(0.9, 10).meanResponse, 1.3487, 4)
  for (const [load, p99] of [
    [0.5, 5.5754],
    [0.8, 7.3739],
    [0.9, 8.791],
    [0.95, 10.2177],
  ] as const)
    printed(theory.powerOfD(load, 2).responseQuantile(0.99), p99, 4)
  printed(theory.powerOfD(0.9, 2).tail(2), 0.729, 12)
})

it('join the shorter of two queues (L04), and its lower bound', () => {
  for (const [load, expected, bound] of [
    [0.5, 1.42632, 1.33333],
    [0.8, 2.95574, 2.77778],
    [0.9, 5.47491, 5.26316],
  ] as const) {
    printed(theory.joinShortestOfTwo(load), expected, 5)
    printed(theory.mmc(2, 2 * load, 1).meanResponse, bound, 5)
  }
})

it('round robin over ten servers (L05)', () => {
  for (const [load, expected] of [
    [0.5, 1.32464],
    [0.8, 2.92227],
    [0.9, 5.66028],
    [0.95, 11.15495],
  ] as const)
    printed(theory.giM1(theory.roundRobinGaps(10, load), 1).meanResponse, expected, 5)
  const poisson = theory.giM1(theory.roundRobinGaps(1, 0.8), 1)
  printed(poisson.meanResponse, 5, 9)
  printed(poisson.meanWait, 4, 9)
  printed(poisson.responseQuantile(0.99), theory.mm1(0.8, 1).responseQuantile(0.99), 8)
  printed(theory.giM1(theory.interruptedPoissonGaps(0.8, 0, 1), 1).meanResponse, 5, 9)
})

it("Che's approximation (C18)", () => {
  const cases: [number, number[], number[]][] = [
    [0.8, [0.156625, 0.331186, 0.43666, 0.6589], [110.79, 653.37, 1472.48, 6126.13]],
    [1, [0.390525, 0.586736, 0.675602, 0.824796], [141.24, 971.98, 2352.18, 11038.41]],
    [1.2, [0.656341, 0.808419, 0.861435, 0.933985], []],
  ]
  for (const [exponent, hits, times] of cases) {
    const shares = theory.zipfShares(exponent, 10_000)
    for (const [i, capacity] of [100, 500, 1000, 3000].entries()) {
      const { hitRatio, characteristicTime } = theory.cheApproximation(shares, capacity)
      printed(hitRatio, hits[i] as number)
      if (times[i] !== undefined) printed(characteristicTime, times[i], 2)
    }
  }
  expect(theory.cheApproximation([0.5, 0.5], 2).hitRatio).toBe(1)
})

it('exact LRU (C20)', () => {
  const exact = (keys: number, capacity: number, exponent: number) =>
    theory.kingLru([...theory.zipfShares(exponent, keys)], capacity)
  printed(exact(6, 3, 1), 0.63781503, 8)
  printed(exact(8, 3, 0.8), 0.47876843, 8)
  printed(exact(10, 4, 1), 0.58450524, 8)
})

it('a loop longer than the cache (C15)', () => {
  for (const capacity of [100, 256, 512]) expect(theory.loopLru(1011, capacity, 500)).toBe(0)
  printed(theory.loopLru(1011, 1024, 500), 0.998, 12)
  for (const [capacity, percent] of [
    [100, 9.792285],
    [256, 25.222552],
    [512, 50.541642],
  ] as const)
    expect(Math.abs(100 * theory.loopMinimum(1011, capacity) - percent)).toBeLessThan(0.1)
})

it('fan-out (T01)', () => {
  printed(theory.fanOutSlowShare(0.01, 100), 0.633968)
  printed(theory.fanOutSlowShare(0.0001, 2000), 0.181277)
  printed(theory.fanOutSlowShare(0.01, 10), 0.095618)
  printed(theory.fanOutSlowShare(0.001, 100), 0.095208)
  for (const [q, leaves, expected] of [
    [0.5, 10, 0.933033],
    [0.5, 100, 0.993092],
    [0.5, 1000, 0.999307],
    [0.99, 10, 0.998995],
    [0.99, 100, 0.9999],
  ] as const)
    printed(theory.leafQuantileFor(q, leaves), expected, 6)
})

it('retries (T12, T13)', () => {
  for (const [p, k, attempts, success] of [
    [0.1, 3, 1.11, 0.999],
    [0.3, 3, 1.39, 0.973],
    [0.5, 3, 1.75, 0.875],
    [0.5, 4, 1.875, 0.9375],
    [0.9, 4, 3.439, 0.3439],
    [1, 4, 4, 0],
  ] as const) {
    printed(theory.retries(p, k).attempts, attempts, 10)
    printed(theory.retries(p, k).success, success, 10)
  }
  expect(theory.retryAmplification(3, 5)).toBe(243)
  expect(theory.retryAmplification(4, 3)).toBe(64)
})

it('availability', () => {
  printed(theory.seriesAvailability([0.999, 0.999]), 0.998001, 12)
  printed(theory.parallelAvailability([0.99, 0.99]), 0.9999, 12)
  printed(theory.quorumAvailability(0.9, 2, 3), 0.972, 12)
  printed(theory.quorumAvailability(0.9, 1, 2), theory.parallelAvailability([0.9, 0.9]), 12)
  printed(theory.repairAvailability(99, 1), 0.99, 12)
})

it('mean time to data loss (D04)', () => {
  printed(theory.meanTimeToDataLoss(2, 1, 1000, 10), 51_500, 6)
  printed(theory.meanTimeToDataLoss(6, 1, 1000, 10), 3700, 6)
  printed(theory.meanTimeToDataLoss(6, 2, 1000, 10), 92_283.3, 1)
  printed(theory.meanTimeToDataLoss(3, 2, 1000, 10), 1_735_170, -1)
  printed(theory.meanTimeToDataLoss(6, 2, 1000, 10, 'all'), 180_617, 0)
})
