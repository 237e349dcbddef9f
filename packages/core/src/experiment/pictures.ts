import { timedMoments } from '../before-run/run-kind.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { ratioInterval } from '../stats/mean-interval.ts'
import { observationsBeyondQuantile } from '../stats/quantile-interval.ts'
import type { CurveAnswer, OverTimeAnswer, PicturesAnswer } from './answer.ts'
import type { RequestReader } from './request-reader.ts'
import type { RunResults, Selection } from './run-results.ts'
import { usesOf } from './use.ts'

/** What a closer look found. */
export interface CloseUpResults {
  readonly results: RunResults
  /** Whether anything changes with time, so that its slices tell something. */
  readonly changes: boolean
}

/** Points of a curve of the response time, closest where the tail is. */
const curvePercentiles = [
  1, 5, 10, 25, 50, 60, 70, 80, 85, 90, 93, 95, 96, 97, 98, 99, 99.3, 99.5, 99.8, 99.9, 99.95, 99.98, 99.99,
] as const
const percentilesOverTime = [50, 95, 99] as const

/** What pictures are drawn from. */
export function picturesOf(reader: RequestReader, results: RunResults, closeUp: CloseUpResults | null): PicturesAnswer {
  const distributions = selections(results)
    .map(({ name, kinds }) => ({
      name,
      percentiles: reader.percentiles({ ...results.all, kinds }, curvePercentiles),
    }))
    .filter(({ percentiles }) => percentiles.length > 0)
  return {
    distributions,
    calls: closeUp === null ? [] : callsOf(closeUp.results, results),
    overTime: closeUp?.changes === true ? overTimeOf(closeUp.results, reader.isHopeless(results.all)) : null,
  }
}

/** All requests together, and each kind where there are several. */
function selections(results: RunResults): readonly { name: string; kinds: readonly number[] }[] {
  const all = { name: 'all', kinds: results.all.kinds }
  if (results.kinds.length === 1) return [all]
  return [all, ...results.kinds.map(({ source, name, index }) => ({ name: `${source}.${name}`, kinds: [index] }))]
}

/** Estimates are withheld where those of the answer, `whole`, are. */
function callsOf(results: RunResults, whole: RunResults): PicturesAnswer['calls'] {
  const places = [...results.blocks, ...results.design.sources.map(({ name }) => name).sort()]
  const seconds = results.durationsMs(results.measured).map((ms) => ms / 1000)
  const edges = new Map<string, { from: number; to: number; counts: number[] }>()
  results.replicates.forEach(({ closeUp }, replication) => {
    for (const { from, to, count } of closeUp?.calls ?? []) {
      const name = `${from} ${to}`
      const edge = edges.get(name) ?? { from, to, counts: seconds.map(() => 0) }
      edge.counts[replication] = count
      edges.set(name, edge)
    }
  })
  return [...edges.values()]
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map(({ from, to, counts }) => {
      const found = ratioInterval(counts, seconds)
      const perSecond = { ...whole.counted(found), replications: found.replications }
      return { from: places[from] as string, to: places[to] as string, perSecond }
    })
}

function overTimeOf(results: RunResults, hopeless: boolean): OverTimeAnswer {
  const { plan, measured, replicates } = results
  const endMs = Math.max(...replicates.map((replicate) => replicate.endMs))
  const shown = measured.filter((cell) => (plan.cellStartsMs[cell] as number) < endMs)
  const curve = (read: (cells: readonly number[]) => Estimate) => curveOf(shown.map((cell) => read([cell])))
  const lastMs = plan.cellStartsMs[(shown.at(-1) ?? 0) + 1] ?? plan.endMs
  return {
    replications: replicates.length,
    edgesMs: [...shown.map((cell) => plan.cellStartsMs[cell] as number), Math.min(lastMs, endMs)],
    events: timedMoments(results.design)
      .filter(({ atMs }) => atMs > 0 && atMs < endMs)
      .map(({ atMs, label }) => ({ atMs, label })),
    requests: selections(results).map(({ name, kinds }) => ({
      name,
      offeredPerSecond: curve((cells) => results.rate({ kinds, cells }, (cell) => cell.offered)),
      throughputPerSecond: curve((cells) => results.throughput({ kinds, cells })),
      availability: curve((cells) => results.shareKnown({ kinds, cells }, (cell) => cell.inTime)),
      mean: curve((cells) => results.mean({ kinds, cells })),
      percentiles: (hopeless ? [] : percentilesOverTime).map((percentile) => ({
        percentile,
        curve: curve((cells) => percentileWithin(results, { kinds, cells }, percentile)),
      })),
    })),
    blocks: results.blocks.map((name, block) => ({
      name,
      inFlight: curve((cells) => results.blockRatio(block, (cell) => cell.insideArea, 'time', cells)),
      resources: usesOf(results, block).map(({ resource, instance }, i) => {
        const place = instance === null ? block : results.places.ofInstance(block, 'fullest')
        return { name: resource, utilization: curve((cells) => results.utilization(place, i, cells)) }
      }),
      queues: (replicates[0]?.names[block]?.queues ?? []).map((queue, i) => ({
        name: queue,
        mean: curve((cells) => results.blockRatio(block, (cell) => cell.queues[i] ?? 0, 'time', cells)),
      })),
    })),
  }
}

/** The same as of the whole run; what has too few observations is not even looked at, as slices often have. */
function percentileWithin(results: RunResults, selection: Selection, percentile: number): Estimate {
  const offered = results.sums(selection, (cell) => cell.offered).reduce((sum, count) => sum + count, 0)
  const beyond = Math.floor(offered * (1 - percentile / 100) + 1e-9)
  if (beyond >= observationsBeyondQuantile) return results.percentile(selection, percentile)
  return insufficientData(`${beyond} of ${observationsBeyondQuantile} tail observations`, results.replications)
}

function curveOf(estimates: readonly Estimate[]): CurveAnswer {
  const each = (of: 'point' | 'low' | 'high') => estimates.map((one) => (one.sufficient ? one[of] : null))
  return { point: each('point'), low: each('low'), high: each('high') }
}
