import { type Flow, flowsTo, followRequests } from '../before-run/flows.ts'
import type { Design } from '../language/design.ts'
import { trend } from '../stats/trend.ts'
import type { Overload } from './overload.ts'
import type { RunResults, Selection } from './run-results.ts'
import type { KindCell, Series } from './task.ts'

/** Where fewer are answered, those who are not answered belong to the overload. */
const leastAnswered = 0.999

/** Requests wait for a backlog if there are so many of them for each call in it: one may wait for several. */
const leastWaiting = 0.1

/** Requests of a kind, and how long they wait for a backlog at most: until they, or a caller on the way, time out. */
interface Waiting {
  readonly selection: Selection
  readonly overloads: readonly Overload[]
  readonly mostMs: number
}

/** Whether an overload reaches any requests that wait. */
export function isHopeless(results: RunResults, found: readonly Overload[], phases: number): boolean {
  return endlessKinds(results, found, phases).size > 0
}

/**
 * The kinds of request that wait ever longer, by their index: how long says only how long the run was. Others keep their
 * numbers: those that call no such block, those behind a queue that answers at once, and those that a timeout ends.
 */
export function endlessKinds(results: RunResults, found: readonly Overload[], phases: number): ReadonlySet<number> {
  if (found.length === 0 || phases > 1) return new Set()
  const waiting = waitingFor(results, found)
  const endless = endlessOf(
    results,
    waiting.filter(({ mostMs }) => mostMs === Number.POSITIVE_INFINITY),
  )
  const timed = waiting.filter((one) => one.mostMs < Number.POSITIVE_INFINITY && isOpen(results, one))
  // A timeout bounds the wait once the backlog is that old.
  const isYounger =
    endless.length > 0
      ? (one: Waiting) => !reachesTimeout(results, one)
      : () => isGrowing(results, results.plan.measureFromMs)
  return new Set([...endless, ...timed.filter(isYounger)].flatMap(({ selection }) => selection.kinds))
}

/**
 * Of requests that no timeout ends, those that wait ever longer: those that are not answered, and where more and more requests
 * are inside, those that are open at the end; if none is, all.
 */
function endlessOf(results: RunResults, waiting: readonly Waiting[]): readonly Waiting[] {
  const shown = new Set(waiting.filter((one) => isUnanswered(results, one)))
  if (!isGrowing(results, 0)) return [...shown]
  const open = new Set(waiting.filter((one) => isOpen(results, one)))
  return open.size === 0 ? waiting : waiting.filter((one) => shown.has(one) || open.has(one))
}

function isUnanswered(results: RunResults, { overloads, selection }: Waiting): boolean {
  const isFull = overloads.some((overload) => overload.full?.load === 1 && isWaitedFor(results, overload))
  return isFull || !isAnswered(results, selection)
}

/** The kinds of request that wait for calls at a block, by their index, as long as it takes. */
export function kindsWaitingFor({ design, kinds }: RunResults, block: string): readonly number[] {
  const mostMs = mostWaited(design, block)
  return kinds
    .filter(({ source, name }) => mostMs.get(`${source}.${name}`) === Number.POSITIVE_INFINITY)
    .map(({ index }) => index)
}

/** The kinds of request that wait for calls at these blocks. */
function waitingFor(results: RunResults, found: readonly Overload[]): readonly Waiting[] {
  const waits = found.map((overload) => ({ overload, mostMs: mostWaited(results.design, overload.block) }))
  return results.kinds.flatMap(({ index, source, name }): readonly Waiting[] => {
    const own = waits.flatMap(({ overload, mostMs }) => {
      const most = mostMs.get(`${source}.${name}`)
      return most === undefined ? [] : [{ overload, most }]
    })
    if (own.length === 0) return []
    const overloads = own.map(({ overload }) => overload)
    const selection = { ...results.all, kinds: [index] }
    return [{ selection, overloads, mostMs: Math.max(...own.map(({ most }) => most)) }]
  })
}

/** How long requests wait at most for calls at a block, ms, by kind: those that do not wait for them are not there. */
function mostWaited(design: Design, block: string): ReadonlyMap<string, number> {
  const longest = new Map<string, number>()
  for (const flow of flowsTo(followRequests(design), block)) {
    const mostMs = boundOf(flow)
    const kind = `${flow.source}.${flow.kind}`
    if (mostMs !== null) longest.set(kind, Math.max(mostMs, longest.get(kind) ?? 0))
  }
  return longest
}

/** The shortest time-out on the way of a flow, ms; null if nobody waits for it. */
function boundOf(flow: Flow): number | null {
  let mostMs = Number.POSITIVE_INFINITY
  for (let at: Flow | undefined = flow; at !== undefined; at = at.caller) {
    if (at.edge.detached === true) return null
    mostMs = Math.min(mostMs, at.edge.options?.timeout ?? Number.POSITIVE_INFINITY)
  }
  return mostMs
}

/** Whether more and more requests are inside from some moment on. */
function isGrowing({ plan, replicates }: RunResults, fromMs: number): boolean {
  const tick = (ms: number) => Math.min(plan.ticks, Math.floor((ms * plan.ticks) / plan.endMs))
  const levels = replicates.map(({ series, endMs }) => series.inside.subarray(tick(fromMs), tick(endMs)))
  return trend(levels.filter((series) => series.length >= 4)).direction === 'growing'
}

/** By counts, whether what is estimated from them is given or not. */
function isAnswered(results: RunResults, selection: Selection): boolean {
  const answered = results.asPart().share(selection, (cell) => cell.answered)
  return answered.sufficient && answered.point > leastAnswered
}

/** Whether more of them have no answer at the end than a backlog that does not grow leaves. */
function isOpen(results: RunResults, { selection }: Waiting): boolean {
  const total = (count: (cell: KindCell) => number) => results.sums(selection, count).reduce((sum, one) => sum + one, 0)
  return total((cell) => cell.inside) > (1 - leastAnswered) * total((cell) => cell.offered)
}

/** Whether some requests waited until a timeout, or have failed. */
function reachesTimeout(results: RunResults, { selection, mostMs }: Waiting): boolean {
  return results.histograms(selection).some((histogram) => histogram.countAbove(mostMs) > 0)
}

/** Whether requests are in a backlog that grows more slowly than they come, and hardly shows at their number. */
function isWaitedFor({ blocks, replicates }: RunResults, { block }: Overload): boolean {
  const index = blocks.indexOf(block)
  const atEnd = (level: (series: Series) => Float64Array) =>
    replicates.reduce((sum, { series }) => sum + (level(series).at(-1) ?? 0), 0)
  const requests = atEnd(({ inside }) => inside)
  const calls = atEnd((series) => (series.blocks[index] as Series['blocks'][number]).inside)
  return requests > leastWaiting * calls
}
