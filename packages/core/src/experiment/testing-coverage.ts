import type { Design } from '../language/design.ts'
import { readDesign } from '../language/index.ts'
import type { Estimate } from '../stats/estimate.ts'
import { giM1 } from '../theory/gi-m-1.ts'
import { catalogue } from './catalogue.ts'
import { prepare } from './pilots.ts'
import { replicate } from './replicate.ts'
import { nextRound, resultsOf } from './rounds.ts'
import type { Runner } from './task.ts'

const runner: Runner = (tasks) => Promise.resolve(tasks.map((task) => replicate(task)))

/** Servers of which each takes 1 s on average for a request. */
export interface Station {
  readonly servers: number
  /** Of each server. */
  readonly load: number
  /** Arrivals other than Poisson's. */
  readonly arrival?: string
  readonly shape?: string
  /** One line for each server, chosen by the shorter of two, instead of one for all. */
  readonly lines?: 'two-choices'
  /** As in a design. */
  readonly run: string
}

/** A design to be read; throws if it has mistakes. */
export function designOf({ servers, load, arrival = 'poisson', shape = 'constant', lines, run }: Station): Design {
  const service = (counts: string) =>
    `server: { type: service, ${counts}, endpoints: { get: [{ compute: exponential 1s }] } }`
  const { design, problems } = readDesign(
    `loadpath: 1
name: station
traffic:
  source: { rate: ${load * servers}/s, arrival: ${arrival}, shape: ${shape}, requests: { get: { to: ${lines === undefined ? 'server' : 'front'} } } }
blocks:
  ${lines === undefined ? service(`workers: ${servers}, cores: ${servers}`) : service(`instances: ${servers}, workers: 1, cores: 1`)}
${lines === undefined ? '' : '  front: { type: load-balancer, choice: power-of-two, targets: server }'}
run: ${run}
`,
    catalogue,
  )
  if (design === undefined || problems.length > 0) throw new Error(problems.map(({ message }) => message).join('; '))
  return design
}

/** Times in seconds. */
export interface Truth {
  readonly mean: number
  readonly p99: number
}

/** Bursty arrivals at one server of 1 s: gaps of two exponentials with balanced means. */
export function burstyTruth(rate: number, cv: number): Truth {
  const share = 0.5 * (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1)))
  const transform = (s: number) => {
    const short = 2 * share * rate
    const long = 2 * (1 - share) * rate
    return (share * short) / (short + s) + ((1 - share) * long) / (long + s)
  }
  const { meanResponse, responseQuantile } = giM1(transform, 1)
  return { mean: meanResponse, p99: responseQuantile(0.99) }
}

/** What the tool prints for one seed, before anything that takes runs of its own. */
export async function answerTo(design: Design, seed: number, percentiles: readonly number[]) {
  const context = { options: { runner }, seed, workFactor: 1 }
  const rounds = await prepare(design, context)
  let done = rounds.replicates.length > 0
  while (!done) done = await nextRound(rounds, context)
  const results = resultsOf(rounds)
  return {
    stopped: rounds.stopped,
    lengthMs: rounds.plan.endMs,
    overloads: rounds.overloads,
    mean: results.mean(results.all),
    percentiles: percentiles.map((percentile) => results.percentile(results.all, percentile)),
  }
}

/** Whether an interval in ms contains a time in s. */
export function contains(estimate: Estimate, seconds: number): boolean {
  return estimate.sufficient && estimate.low <= seconds * 1000 && seconds * 1000 <= estimate.high
}

/** A system whose mean, in s, is known. */
export interface System {
  readonly name: string
  readonly station: Station
  readonly mean: number
}

/** Of so many seeds: how often a mean was printed, and how often its interval held the truth. */
export async function meansHeld({ station, mean }: System, seeds: number): Promise<{ held: number; given: number }> {
  const design = designOf(station)
  let [held, given] = [0, 0]
  for (let seed = 1; seed <= seeds; seed++) {
    const answer = await answerTo(design, seed, [])
    if (!answer.mean.sufficient || answer.overloads.length > 0) continue
    given++
    if (contains(answer.mean, mean)) held++
  }
  return { held, given }
}

/** How often intervals hold what the same measure is in the long run. */
export interface Held {
  readonly measure: string
  readonly held: number
  /** Of these, the ones that have an upper end. */
  readonly bounded: number
  /** Intervals printed. */
  readonly given: number
}

const percentiles = [50, 95, 99]

/**
 * Terminating runs of one station under so many seeds, beside the mean and the percentiles of 4,000 replications under
 * another. A measure that is sometimes withheld must not be so for its value: what is printed is all that is judged.
 */
export async function terminatingCoverage(station: Station, seeds: number): Promise<readonly Held[]> {
  const read = async (run: string, seed: number) => {
    const { mean, percentiles: others } = await answerTo(designOf({ ...station, run }), seed, percentiles)
    return [mean, ...others]
  }
  const truths = (await read(station.run.replace('}', ', repeat: 4000 }'), 10_001)).map((estimate) =>
    estimate.sufficient ? estimate.point / 1000 : Number.NaN,
  )
  const counts = truths.map((_, i) => ({
    measure: i === 0 ? 'mean' : `p${percentiles[i - 1]}`,
    held: 0,
    bounded: 0,
    given: 0,
  }))
  for (let seed = 1; seed <= seeds; seed++) {
    for (const [i, estimate] of (await read(station.run, seed)).entries()) {
      const count = counts[i]
      if (count === undefined || !estimate.sufficient) continue
      count.given++
      if (Number.isFinite(estimate.high)) count.bounded++
      if (contains(estimate, truths[i] as number)) count.held++
    }
  }
  return counts
}
