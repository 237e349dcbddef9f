import { blockNames } from '../before-run/kinds.ts'
import { blockNamed } from '../before-run/named.ts'
import type { RunValues } from '../before-run/run-params.ts'
import type { Answer, RequestAnswer } from '../experiment/answer.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { replicate } from '../experiment/replicate.ts'
import { simulate } from '../experiment/simulate.ts'
import type { BlockCell, Replicate, Task } from '../experiment/task.ts'
import type { Design } from '../language/design.ts'
import { readObject } from '../language/read-design.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import { contradictions } from './contradictions.ts'
import type { Document } from './designs.ts'
import { readDrawnFile } from './drawn-files.ts'
import { type Failure, failureOf } from './failure.ts'

/** What may be handed in to judge designs with. */
export interface DesignJudge {
  /** Runs one replication; a test hands in one with a mistake, to see that it is found. */
  readonly replicate?: (task: Task) => Replicate
  /** Prints an answer as people would see it; whatever it throws is a failure. */
  readonly print?: (answer: Answer) => void
}

/** Rounding of sums of many doubles. */
const rounding = 1e-6

/** Simulates a design with all invariants on, twice, in two orders of its blocks; null if nothing is wrong with it. */
export async function judgeDesign(document: Document, judge: DesignJudge = {}): Promise<Failure | null> {
  try {
    const first = await run(designOf(document), judge)
    const wrong =
      first.replicates.flatMap((found, i) => judgeReplicate(first.tasks[i] as Task, found))[0] ??
      judgeAnswer(first.answer)[0]
    if (wrong !== undefined) return { check: wrong, detail: wrong }
    const again = await run(designOf(reversed(document)), judge)
    if (bytesOf(first) !== bytesOf(again)) {
      const twice = bytesOf(first) === bytesOf(await run(designOf(document), judge))
      const check = twice ? 'blocks declared in another order give another answer' : 'the second answer is another one'
      return { check, detail: difference(bytesOf(first), bytesOf(again)) }
    }
    judge.print?.(first.answer)
    return null
  } catch (error) {
    return failureOf(error)
  }
}

interface Ran {
  readonly answer: Answer
  readonly replicates: readonly Replicate[]
  /** By replicate. */
  readonly tasks: readonly Task[]
}

function designOf(document: Document): Design {
  const { design, problems } = readObject(document, catalogue, { readFile: readDrawnFile })
  if (design === undefined) throw new Error(`the design is refused: ${problems[0]?.code} at ${problems[0]?.path}`)
  return design
}

/** The same design with its blocks, sources and kinds of request in the opposite order. */
function reversed(document: Document): Document {
  const turn = (value: unknown) => Object.fromEntries(Object.entries(value as object).reverse())
  const traffic = Object.entries(turn(document.traffic)).map(([name, source]) => {
    const { requests } = source as { requests?: unknown }
    return [name, requests === undefined ? source : { ...(source as object), requests: turn(requests) }]
  })
  return { ...document, traffic: Object.fromEntries(traffic), blocks: turn(document.blocks) }
}

async function run(design: Design, judge: DesignJudge): Promise<Ran> {
  const replicates: Replicate[] = []
  const all: Task[] = []
  const runner = async (drawn: readonly Task[]) => {
    const tasks = drawn.map(withLeadIn)
    const done = tasks.map((task) => (judge.replicate ?? replicate)(task))
    replicates.push(...done)
    all.push(...tasks)
    return done
  }
  // Work 5 % and 20 % longer is the same machinery run twice more.
  const answer = await simulate(design, { runner, longer: false, traceSlowest: true })
  return { answer, replicates, tasks: all }
}

/** What begins in the steady state is given a lead-in: finding out how long it has to be takes more events than a drawn run may. */
function withLeadIn(task: Task): Task {
  const { design, plan } = task
  const { start } = design.run as unknown as RunValues
  const isReplayed = design.sources.some(({ values }) => values.replay !== undefined)
  if (start !== 'warmed' || isReplayed || plan.leadInMs !== undefined) return task
  return { ...task, plan: { ...plan, leadInMs: Math.ceil(plan.endMs / 2) } }
}

function bytesOf({ answer, replicates }: Ran): string {
  const counts = replicates.map(({ events, endMs, kinds, blocks }) => ({ events, endMs, kinds, blocks }))
  return JSON.stringify({ ...answer, counts }, plainNumbers)
}

/** JSON has no word for numbers that are not finite; here they must not pass for null. */
function plainNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function difference(one: string, other: string): string {
  let at = 0
  while (one[at] === other[at] && at < one.length) at++
  return `…${one.slice(Math.max(0, at - 200), at + 60)}… and …${other.slice(Math.max(0, at - 20), at + 60)}…`
}

/** Messages that wait at 0 s in a block, by its number. */
function backlogOf(design: Design, block: number): number {
  const start = blockNamed(design, blockNames(design)[block] as string)?.values.start
  return typeof start === 'number' ? start : 0
}

function judgeReplicate({ design, plan }: Task, found: Replicate): string[] {
  const { endMs, slowest } = found
  const wrong: string[] = []
  if (slowest !== null && slowest.responseMs > endMs) wrong.push('an answer took longer than the run')
  for (const cell of found.kinds.flat()) {
    const isTold = cell.answered >= cell.inTime && cell.inside >= cell.stillInTime
    if (!isTold) wrong.push('more requests in time than answered, or more still in time than inside')
    if (!(cell.sumMs >= 0 && cell.sumMs <= cell.answered * endMs * (1 + rounding)))
      wrong.push('response times beyond the run')
    const { count } = LatencyHistogram.decode(cell.histogram)
    if (count !== cell.offered) wrong.push('a histogram that does not hold every request')
  }
  found.blocks.forEach((cells, block) => {
    for (const resource of cells.flatMap((cell) => cell.resources))
      if (!(resource >= -rounding)) wrong.push('negative use')
    wrong.push(...overused(cells, found.capacities[block] ?? [], endMs), ...judgeCells(cells))
    if ((plan.leadInMs ?? 0) === 0 && inFlightAtStart(cells) !== backlogOf(design, block))
      wrong.push('other calls inside at the start than the backlog that the design has')
  })
  return wrong
}

/** Over the whole run nothing can have been used for longer than it was there. */
function overused(cells: readonly BlockCell[], capacities: readonly number[], endMs: number): string[] {
  return capacities.flatMap((capacity, i) => {
    const area = cells.reduce((sum, cell) => sum + (cell.resources[i] ?? 0), 0)
    return area <= capacity * endMs * (1 + rounding) + rounding ? [] : ['a resource in use beyond its capacity']
  })
}

function judgeCells(cells: readonly BlockCell[]): string[] {
  let inside = inFlightAtStart(cells)
  const atStart = inside >= 0 ? [] : ['fewer calls than none inside at the start']
  const within = cells.flatMap((cell) => {
    inside += growthOf(cell)
    const areas = [cell.insideArea, ...cell.queues, cell.waitMs, cell.doneMs]
    return [
      ...(inside === cell.inside ? [] : ['calls of a cell do not add up']),
      ...(cell.abandoned >= 0 && cell.abandoned <= cell.inside ? [] : ['more calls abandoned than inside']),
      ...(cell.waited <= cell.begun ? [] : ['more calls waited than began']),
      ...(areas.every((area) => area >= -rounding && area < Infinity) ? [] : ['a time that is negative or not finite']),
    ]
  })
  return [...atStart, ...within]
}

/** Calls inside at 0 s, by what the first cell counted. */
function inFlightAtStart([first]: readonly BlockCell[]): number {
  return first === undefined ? 0 : first.inside - growthOf(first)
}

function growthOf({ arrived, done, failed }: BlockCell): number {
  return arrived - done - failed.reduce((sum, count) => sum + count, 0)
}

function judgeAnswer(answer: Answer): string[] {
  const wrong = [answer.requests, answer.phases.map(({ requests }) => requests)].flat().flatMap(judgeRequests)
  for (const { calls, resources } of answer.blocks) {
    const failed = calls.failed.reduce((sum, { count }) => sum + count, 0)
    if (calls.inFlightAtStart + calls.arrived !== calls.done + failed + calls.inFlightAtEnd)
      wrong.push('calls do not add up')
    for (const { utilization } of resources) {
      if (utilization.sufficient && !(utilization.point <= 1 + rounding)) wrong.push('a utilization above 1')
    }
  }
  const parts = answer.breakdown.parts.reduce((sum, { ms }) => sum + ms, 0)
  const { meanMs, requestsFollowed } = answer.breakdown
  if (requestsFollowed > 0 && Math.abs(parts - meanMs) > rounding * Math.max(1, meanMs)) {
    wrong.push('the parts of the time of a request do not add up to it')
  }
  return [...wrong, ...contradictions(answer), ...notNumbers(answer, 'answer')]
}

function judgeRequests({ ledger, percentiles }: RequestAnswer): string[] {
  const { offered, answered, rejected, timedOut, lost, inFlight, reasons } = ledger
  const wrong: string[] = []
  if (offered !== answered + rejected + timedOut + lost + inFlight) wrong.push('requests do not add up')
  if (reasons.reduce((sum, { count }) => sum + count, 0) !== rejected + timedOut + lost)
    wrong.push('reasons do not add up')
  const points = percentiles.flatMap(({ estimate }) => (estimate.sufficient ? [estimate.point] : []))
  if (points.some((point, i) => point < (points[i - 1] ?? 0))) wrong.push('a higher percentile below a lower one')
  return wrong
}

/** Numbers that are Infinity where something is never answered or has no bound: those of estimates, and of their curves. */
const mayBeInfinite = new Set(['point', 'low', 'high', 'serviceTimePlus5', 'serviceTimePlus20'])

/** Every number that is none, and every one that is infinite where an answer promises a finite one. */
export function notNumbers(value: unknown, path: string): string[] {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return [`not a number: ${path}`]
    const isMeant = Number.isFinite(value) || mayBeInfinite.has(path.slice(path.lastIndexOf('.') + 1))
    return isMeant ? [] : [`not finite: ${path}`]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) =>
    notNumbers(part, Array.isArray(value) ? path : `${path}.${key}`),
  )
}
