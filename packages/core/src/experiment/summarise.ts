import { blockNamed } from '../before-run/named.ts'
import { assumptionsOf } from '../before-run/network-time.ts'
import { connectionQueue, workerQueue } from '../blocks/block.ts'
import { reasonByCode } from '../kernel/outcome.ts'
import { type Estimate, relativeHalfWidth } from '../stats/estimate.ts'
import { acknowledgedOf } from './acknowledged.ts'
import type { AgeAnswer, Answer, BlockAnswer, RequestAnswer } from './answer.ts'
import { backlogOf } from './backlog.ts'
import { bottleneckOf, isLoaded } from './bottleneck.ts'
import { breakdownOf, nothingFollowed } from './breakdown-answer.ts'
import { costOf } from './cost.ts'
import { endlessKinds } from './endless-kinds.ts'
import { replicationsIn } from './fold.ts'
import { guardedCallsOf } from './guarded-calls.ts'
import { settlingOf } from './inner-tiers.ts'
import { judge, objectivesOf } from './judge.ts'
import { measures } from './measures.ts'
import type { Growth } from './overload.ts'
import { withOverloads } from './overloaded-results.ts'
import { type CloseUpResults, picturesOf } from './pictures.ts'
import { type Phase, phasesOf } from './plan.ts'
import { type Longer, RequestReader } from './request-reader.ts'
import { besideRetries } from './retry-overload.ts'
import { type Rounds, resultsOf } from './rounds.ts'
import type { RunResults } from './run-results.ts'
import { growing } from './unanswered.ts'
import { usesOf } from './use.ts'
import { verdictOf } from './verdict.ts'
import { wellAgainFrom } from './well-again.ts'

/** The complete answer from what the rounds found. */
export function summarise(
  rounds: Rounds,
  growth: Growth,
  longer: Longer | null,
  rest: Pick<Answer, 'worlds' | 'trace'> & {
    seed: number
    worldsMet: readonly Answer['objectives'][number]['worlds'][]
    /** Undefined if no pictures were requested; null if nothing could be looked at more closely. */
    closeUp?: CloseUpResults | null
  },
): Answer {
  const { design, plan, kind } = rounds
  const found = resultsOf(rounds)
  const { overloads, untold } = growth
  const phases = phasesOf(design, plan.endMs).length
  const timed = kind.kind === 'steady' ? [] : phasesOf(design, plan.endMs)
  const endless = endlessKinds(found, overloads, phases)
  const results = rounds.tooShort || phases > 1 ? found : withOverloads(found, overloads, endless)
  const everLonger = { endless, untold: endlessKinds(results, untold, phases) }
  const bottleneck = bottleneckOf(results, growth, timed)
  const reader = new RequestReader(results, longer, endless, isLoaded(bottleneck))
  const requests = requestsOf(reader, results)
  const verdict = verdictOf(results, growth, requests[0] as RequestAnswer, { rounds, longer })
  return {
    schemaVersion: 1,
    design: design.name,
    ...(design.about === undefined ? {} : { about: design.about }),
    ...(design.variant === undefined ? {} : { variant: design.variant }),
    run: runAnswer(rounds, results, rest.seed),
    verdict: kind.kind === 'steady' ? besideRetries(verdict, results) : verdict,
    users: design.sources.flatMap(({ name, values }) =>
      typeof values.users === 'number' ? [{ source: name, users: values.users }] : [],
    ),
    requests,
    phases: kind.kind === 'steady' ? [] : phaseAnswers(reader, results),
    blocks: results.blocks.map((_, block) => blockAnswer(results, block, timed)),
    bottleneck,
    breakdown: rounds.tooShort ? nothingFollowed(results) : breakdownOf(results),
    acknowledged: acknowledgedOf(results),
    cost: costOf(results),
    objectives: objectivesOf(design).map((objective, i) =>
      judge(objective, results, everLonger, rest.worldsMet[i] ?? null),
    ),
    worlds: rest.worlds,
    assumptions: assumptionsOf(design),
    trace: rest.trace,
    pictures: rest.closeUp === undefined ? null : picturesOf(reader, results, rest.closeUp),
  }
}

/** All requests together, and each kind where there are several. */
function requestsOf(reader: RequestReader, results: RunResults): readonly RequestAnswer[] {
  const all = reader.read('all', results.all)
  if (results.kinds.length === 1) return [all]
  return [
    all,
    ...results.kinds.map((kind) => reader.read(`${kind.source}.${kind.name}`, { ...results.all, kinds: [kind.index] })),
  ]
}

function phaseAnswers(reader: RequestReader, results: RunResults): Answer['phases'] {
  return phasesOf(results.design, results.plan.endMs).map((phase) => ({
    ...phase,
    requests: reader.read('all', { ...results.all, cells: results.cellsWithin(phase.fromMs, phase.toMs) }),
    ...wellAgainFrom(results, phase.fromMs),
  }))
}

function runAnswer(rounds: Rounds, results: RunResults, seed: number): Answer['run'] {
  const { kind, plan } = rounds
  const { unsettledMs } = settlingOf(rounds.design)
  const filledMs = kind.kind === 'steady' ? (plan.leadInMs ?? 0) : 0
  const mean = results.mean(results.all)
  const reached = mean.sufficient ? relativeHalfWidth(mean) : null
  return {
    kind: kind.kind,
    because: kind.because,
    seed,
    replications: replicationsIn(rounds.replicates),
    lengthMs: filledMs + plan.endMs,
    warmUpMs: filledMs + plan.measureFromMs,
    measuredMs: plan.measureToMs - plan.measureFromMs,
    ...leadInOf(rounds),
    unsettledMs: unsettledMs > plan.measureFromMs && unsettledMs * 10 > plan.endMs ? unsettledMs : null,
    standIns: results.blocks.flatMap((block, i) => {
      const errorPoints = results.replicates[0]?.standInErrors[i] ?? 0
      return errorPoints > 0 ? [{ block, errorPoints }] : []
    }),
    precision: kind.kind === 'steady' ? { asked: kind.precision, reached } : null,
    events: rounds.events,
    stopped: rounds.stopped,
    ...(rounds.tooShort ? { isUnsettled: true as const } : {}),
  }
}

function leadInOf({ kind, plan, noSteadyState }: Rounds): Pick<Answer['run'], 'leadIn'> {
  if (kind.kind === 'steady') return {}
  if (plan.leadInMs === undefined && noSteadyState === undefined) return {}
  return { leadIn: { lengthMs: plan.leadInMs ?? 0, emptyBecause: noSteadyState ?? null } }
}

function blockAnswer(results: RunResults, block: number, phases: readonly Phase[]): BlockAnswer {
  const name = results.blocks[block] as string
  const type = blockNamed(results.design, name)?.type ?? ''
  const names = results.replicates[0]?.names[block]
  const failed = failuresOf(results, block)
  const counters = names?.counters ?? []
  const has = (of: string) => isMeasured(of, [...(names?.resources ?? []), ...(names?.queues ?? []), ...counters])
  const measure = (of: string) => results.measure({ subject: { kind: 'block', block: name }, measure: of })
  const arrived = results.blockSum(block, (cell) => cell.arrived)
  const done = results.blockSum(block, (cell) => cell.done)
  const last = results.measured.at(-1) as number
  const atEnd = (of: 'inside' | 'abandoned') =>
    results.replicates.reduce((sum, replicate) => sum + (replicate.blocks[block]?.[last]?.[of] ?? 0), 0)
  const failures = [...failed.values()].reduce((sum, count) => sum + count, 0)
  const queues = queuesOf(results, block)
  const isQueue = (queue: string) => queues.some((one) => one.name === queue)
  return {
    name,
    type,
    arrivedPerSecond: results.blockRate(block, (cell) => cell.arrived, results.measured),
    mean: measure('mean'),
    inFlight: measure('in-flight'),
    resources: usesOf(results, block).map(({ resource, ...use }, i) => ({
      name: resource,
      capacity: results.capacities[block]?.[i] ?? 0,
      ...use,
    })),
    queues,
    waited: measure('waited'),
    waitMean: isQueue(workerQueue) ? measure('wait-mean') : null,
    connectionWaitMean: isQueue(connectionQueue) ? measure('connection-wait-mean') : null,
    counters: counters.map((counter, i) => ({
      name: counter,
      count: results.blockSum(block, (cell) => cell.counters[i] ?? 0),
    })),
    ...guardedCallsOf(results, block),
    ...backlogOf(results, block, phases),
    hitRatio: has('hit-ratio') ? measure('hit-ratio') : null,
    age: has('stale') ? ageBy(measure) : null,
    calls: {
      arrived,
      done,
      failed: [...failed].map(([reason, count]) => ({ reason, count })),
      inFlightAtStart: atEnd('inside') - arrived + done + failures,
      inFlightAtEnd: atEnd('inside'),
      abandonedAtEnd: atEnd('abandoned'),
    },
  }
}

/** The queues of a block in which calls can wait: without a limit of workers, a call waits for one only if all are down. */
function queuesOf(results: RunResults, block: number): BlockAnswer['queues'] {
  const { queues = [], resources = [] } = results.replicates[0]?.names[block] ?? {}
  const last = results.measured.at(-1) as number
  return queues
    .map((name, i) => ({
      name,
      mean: results.growing.has(results.blocks[block] as string) ? growing(results) : results.queueLength(block, name),
      max: Math.max(0, ...results.replicates.map((replicate) => replicate.blocks[block]?.[last]?.queueMax[i] ?? 0)),
    }))
    .filter(({ name, max }) => name !== workerQueue || max > 0 || resources.includes('workers'))
}

/** Whether a block with these resources, queues and counters has a measure. */
function isMeasured(measure: string, names: readonly string[]): boolean {
  return measures.get(measure).needs?.some((need) => names.includes(need)) ?? true
}

/** How often calls failed there, by reason. */
function failuresOf(results: RunResults, block: number): ReadonlyMap<string, number> {
  const failed = new Map<string, number>()
  reasonByCode.forEach((reason, code) => {
    const count = reason === undefined ? 0 : results.blockSum(block, (cell) => cell.failed[code] ?? 0)
    if (count > 0 && reason !== undefined) failed.set(reason.name, count)
  })
  return failed
}

function ageBy(measure: (name: string) => Estimate): AgeAnswer {
  return {
    stale: measure('stale'),
    staleness: measure('staleness'),
    versionsBehind: measure('versions-behind'),
  }
}
