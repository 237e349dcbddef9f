import type { Activity, RequestTrace, Span } from '../kernel/trace.ts'

/** Where the time of the followed requests went. Plain data, added up over replications. */
export interface EncodedBreakdown {
  /** Requests followed that were answered, and the sum of their response times. */
  readonly requests: number
  readonly totalMs: number
  /** Σ ms by `block activity`, for example `web waiting`. */
  readonly parts: readonly (readonly [string, number])[]
}

/** One stretch of a request's critical path. */
export interface Stretch {
  readonly block: string
  readonly activity: Activity
  readonly fromMs: number
  readonly toMs: number
  readonly note?: string
}

/** Adds up, over followed requests, what their response time consisted of. */
export class Breakdown {
  private requests = 0
  private totalMs = 0
  private readonly parts = new Map<string, number>()

  add(trace: RequestTrace): void {
    if (trace.outcome !== 0) return
    this.requests++
    this.totalMs += trace.endedMs - trace.arrivedMs
    for (const stretch of criticalPath(trace)) {
      const part = `${stretch.block} ${stretch.activity}`
      this.parts.set(part, (this.parts.get(part) ?? 0) + stretch.toMs - stretch.fromMs)
    }
  }

  encode(): EncodedBreakdown {
    return {
      requests: this.requests,
      totalMs: this.totalMs,
      parts: [...this.parts].sort(([a], [b]) => (a < b ? -1 : 1)),
    }
  }
}

/**
 * The path that decided when the answer came: from the end backwards, at every moment the thing that ended last. The
 * stretches follow one another without gap or overlap, so they add up to the response time exactly.
 */
export function criticalPath(trace: RequestTrace): readonly Stretch[] {
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
  const stretches: Stretch[] = []
  walk(rootOf(trace), trace.source, trace.arrivedMs, trace.endedMs, own, byCaller, stretches)
  return stretches.reverse()
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

function walk(
  call: number,
  block: string,
  fromMs: number,
  toMs: number,
  own: ReadonlyMap<number, readonly Span[]>,
  byCaller: ReadonlyMap<number, readonly Span[]>,
  into: Stretch[],
): void {
  const spans = [...(own.get(call) ?? []), ...(byCaller.get(call) ?? [])].sort(
    (a, b) => b.toMs - a.toMs || b.fromMs - a.fromMs,
  )
  let atMs = toMs
  for (const span of spans) {
    if (atMs <= fromMs) break
    const end = Math.min(span.toMs, atMs)
    const begin = Math.max(span.fromMs, fromMs)
    if (end <= begin) continue
    if (end < atMs) into.push({ block, activity: 'waiting', fromMs: end, toMs: atMs })
    if (span.activity === 'calling') walk(span.call, span.block, begin, end, own, byCaller, into)
    else
      into.push({
        block: span.block,
        activity: span.activity,
        fromMs: begin,
        toMs: end,
        ...(span.note ? { note: span.note } : {}),
      })
    atMs = begin
  }
  if (atMs > fromMs) into.push({ block, activity: 'waiting', fromMs, toMs: atMs })
}
