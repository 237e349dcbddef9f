import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { ratioInterval } from '../stats/mean-interval.ts'
import { observationsBeyondQuantile } from '../stats/quantile-interval.ts'
import type { CurveAnswer, OverTimeAnswer, PicturesAnswer } from './answer.ts'
import type { RunResults, Selection } from './findings.ts'
import { timedMoments } from './plan.ts'
import type { RequestReader } from './request-reader.ts'
import { usesOf } from './use.ts'

/** What a closer look found. */
export interface CloseUpFindings {
  readonly findings: RunResults
  /** Whether anything changes with time, so that its slices tell something. */
  readonly changes: boolean
}

/** Points of a curve of the response time, closest where the tail is. */
const curvePercentiles = [
  1, 5, 10, 25, 50, 60, 70, 80, 85, 90, 93, 95, 96, 97, 98, 99, 99.3, 99.5, 99.8, 99.9, 99.95, 99.98, 99.99,
] as const
const percentilesOverTime = [50, 95, 99] as const

/** What pictures are drawn from. */
export function picturesOf(
  reader: RequestReader,
  findings: RunResults,
  closeUp: CloseUpFindings | null,
): PicturesAnswer {
  const distributions = selections(findings)
    .map(({ name, kinds }) => ({
      name,
      percentiles: reader.percentiles({ ...findings.all, kinds }, curvePercentiles),
    }))
    .filter(({ percentiles }) => percentiles.length > 0)
  return {
    distributions,
    calls: closeUp === null ? [] : callsOf(closeUp.findings, findings),
    overTime: closeUp?.changes === true ? overTimeOf(closeUp.findings, reader.hopeless) : null,
  }
}

/** All requests together, and each kind where there are several. */
function selections(findings: RunResults): readonly { name: string; kinds: readonly number[] }[] {
  const all = { name: 'all', kinds: findings.all.kinds }
  if (findings.kinds.length === 1) return [all]
  return [all, ...findings.kinds.map(({ source, name, index }) => ({ name: `${source}.${name}`, kinds: [index] }))]
}

/** Estimates are withheld where those of the answer, `whole`, are. */
function callsOf(findings: RunResults, whole: RunResults): PicturesAnswer['calls'] {
  const places = [...findings.blocks, ...findings.design.sources.map(({ name }) => name).sort()]
  const seconds = findings.durationsMs(findings.measured).map((ms) => ms / 1000)
  const edges = new Map<string, { from: number; to: number; counts: number[] }>()
  findings.replicates.forEach(({ closeUp }, replication) => {
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

function overTimeOf(findings: RunResults, hopeless: boolean): OverTimeAnswer {
  const { plan, measured, replicates } = findings
  const endMs = Math.max(...replicates.map((replicate) => replicate.endMs))
  const shown = measured.filter((cell) => (plan.cellStartsMs[cell] as number) < endMs)
  const curve = (read: (cells: readonly number[]) => Estimate) => curveOf(shown.map((cell) => read([cell])))
  const lastMs = plan.cellStartsMs[(shown.at(-1) ?? 0) + 1] ?? plan.endMs
  return {
    replications: replicates.length,
    edgesMs: [...shown.map((cell) => plan.cellStartsMs[cell] as number), Math.min(lastMs, endMs)],
    events: timedMoments(findings.design)
      .filter(({ atMs }) => atMs > 0 && atMs < endMs)
      .map(({ atMs, label }) => ({ atMs, label })),
    requests: selections(findings).map(({ name, kinds }) => ({
      name,
      offeredPerSecond: curve((cells) => findings.rate({ kinds, cells }, (cell) => cell.offered)),
      throughputPerSecond: curve((cells) => findings.throughput({ kinds, cells })),
      availability: curve((cells) => findings.shareKnown({ kinds, cells }, (cell) => cell.inTime)),
      mean: curve((cells) => findings.mean({ kinds, cells })),
      percentiles: (hopeless ? [] : percentilesOverTime).map((percentile) => ({
        percentile,
        curve: curve((cells) => percentileWithin(findings, { kinds, cells }, percentile)),
      })),
    })),
    blocks: findings.blocks.map((name, block) => ({
      name,
      inFlight: curve((cells) => findings.blockRatio(block, (cell) => cell.insideArea, 'time', cells)),
      resources: usesOf(findings, block).map(({ resource, instance }, i) => {
        const place = instance === null ? block : findings.places.ofInstance(block, 'fullest')
        return { name: resource, utilization: curve((cells) => findings.utilization(place, i, cells)) }
      }),
      queues: (replicates[0]?.names[block]?.queues ?? []).map((queue, i) => ({
        name: queue,
        mean: curve((cells) => findings.blockRatio(block, (cell) => cell.queues[i] ?? 0, 'time', cells)),
      })),
    })),
  }
}

/** The same as of the whole run; what has too few observations is not even looked at, as slices often have. */
function percentileWithin(findings: RunResults, selection: Selection, percentile: number): Estimate {
  const offered = findings.sums(selection, (cell) => cell.offered).reduce((sum, count) => sum + count, 0)
  const beyond = Math.floor(offered * (1 - percentile / 100) + 1e-9)
  if (beyond >= observationsBeyondQuantile) return findings.percentile(selection, percentile)
  return insufficientData(`${beyond} of ${observationsBeyondQuantile} tail observations`, findings.replications)
}

function curveOf(estimates: readonly Estimate[]): CurveAnswer {
  const each = (of: 'point' | 'low' | 'high') => estimates.map((one) => (one.sufficient ? one[of] : null))
  return { point: each('point'), low: each('low'), high: each('high') }
}
