import type { RequestKind } from '../kernel/simulation.ts'
import type { Activity, RequestTrace, Span } from '../kernel/trace.ts'

/** Where the time of the followed requests of one kind went, each counted as often as it stands for others. */
export interface KindBreakdown {
  /** Requests followed that were answered, for how many they stand, and Σ of the response times of these. */
  readonly followed: number
  readonly standsFor: number
  readonly totalMs: number
  /** Σ ms by block, activity and note, separated by spaces: `web waiting connection to db`. */
  readonly parts: readonly (readonly [string, number])[]
}

/** By kind of request. Plain data, added up over replications. */
export type EncodedBreakdown = readonly KindBreakdown[]

/** One stretch of a request's critical path. */
export interface Segment {
  readonly block: string
  readonly activity: Activity
  readonly fromMs: number
  readonly toMs: number
  readonly note?: string
}

/** Adds up, over followed requests of each kind, what their response time consisted of. */
export class Breakdown {
  private readonly positions: ReadonlyMap<string, number>
  private readonly sums: { followed: number; standsFor: number; totalMs: number; parts: Map<string, number> }[]

  constructor(kinds: readonly RequestKind[]) {
    this.positions = new Map(kinds.map(({ source, name }, i) => [`${source}.${name}`, i]))
    this.sums = kinds.map(() => ({ followed: 0, standsFor: 0, totalMs: 0, parts: new Map() }))
  }

  add(trace: RequestTrace, standsFor: number): void {
    const sum = this.sums[this.positions.get(`${trace.source}.${trace.kind}`) ?? -1]
    if (trace.outcome !== 0 || sum === undefined) return
    sum.followed++
    sum.standsFor += standsFor
    sum.totalMs += standsFor * (trace.endedMs - trace.arrivedMs)
    for (const { block, activity, note, fromMs, toMs } of criticalPath(trace)) {
      const part = note === undefined ? `${block} ${activity}` : `${block} ${activity} ${note}`
      sum.parts.set(part, (sum.parts.get(part) ?? 0) + standsFor * (toMs - fromMs))
    }
  }

  encode(): EncodedBreakdown {
    return this.sums.map((sum) => ({ ...sum, parts: [...sum.parts].sort(([a], [b]) => (a < b ? -1 : 1)) }))
  }
}

/**
 * The path that decided when the answer came: from the end backwards, at every moment the thing that ended last. The
 * stretches follow one another without gap or overlap, so they add up to the response time exactly.
 */
export function criticalPath(trace: RequestTrace): readonly Segment[] {
  const byCaller = new Map<number, Span[]>()
  const own = new Map<number, Span[]>()
  for (const span of trace.spans) {
    const isCall = span.activity === 'calling'
    const list = isCall ? byCaller : own
    const key = isCall ? span.caller : span.call
    const spans = list.get(key)
    if (spans === undefined) list.set(key, [span])
    else spans.push(span)
  }
  return segmentsOf(trace, own, byCaller).reverse()
}

/** The call that is the request itself: the one that no other call of the trace made. */
function rootOf(trace: RequestTrace): number {
  let root = Number.POSITIVE_INFINITY
  for (const span of trace.spans) {
    const candidate = span.caller === 0 ? span.call : span.caller
    if (candidate < root) root = candidate
  }
  return root
}

/** A call on the path: what is left of its time, and its spans still to come, the last to end first. */
interface Stop {
  readonly block: string
  readonly fromMs: number
  readonly spans: Iterator<Span>
  atMs: number
}

/** From the end backwards, without recursion: a chain of calls may be long. */
function segmentsOf(
  trace: RequestTrace,
  own: ReadonlyMap<number, readonly Span[]>,
  byCaller: ReadonlyMap<number, readonly Span[]>,
): Segment[] {
  const into: Segment[] = []
  const stopAt = (call: number, block: string, fromMs: number, toMs: number): Stop => {
    const spans = [...(own.get(call) ?? []), ...(byCaller.get(call) ?? [])]
    spans.sort((a, b) => b.toMs - a.toMs || b.fromMs - a.fromMs)
    return { block, fromMs, spans: spans.values(), atMs: toMs }
  }
  const way = [stopAt(rootOf(trace), trace.source, trace.arrivedMs, trace.endedMs)]
  for (let stop = way.at(-1); stop !== undefined; stop = way.at(-1)) {
    const { block, fromMs } = stop
    const next = stop.atMs > fromMs ? stop.spans.next() : undefined
    if (next === undefined || next.done === true) {
      if (stop.atMs > fromMs) into.push({ block, activity: 'waiting', fromMs, toMs: stop.atMs })
      way.pop()
      continue
    }
    const span = next.value
    const end = Math.min(span.toMs, stop.atMs)
    const begin = Math.max(span.fromMs, fromMs)
    if (end <= begin) continue
    if (end < stop.atMs) into.push({ block, activity: 'waiting', fromMs: end, toMs: stop.atMs })
    stop.atMs = begin
    if (span.activity === 'calling') way.push(stopAt(span.call, span.block, begin, end))
    else into.push(segmentOf(span, begin, end))
  }
  return into
}

function segmentOf({ block, activity, note }: Span, fromMs: number, toMs: number): Segment {
  return { block, activity, fromMs, toMs, ...(note ? { note } : {}) }
}
