import type { Outcome } from './outcome.ts'

/** What a segment of a request's time was spent on; `calling` is the time a caller waited for this call as a whole. */
export type Activity = 'waiting' | 'processing' | 'network' | 'calling'

/** One stretch of time of one call of a traced request. */
export interface Span {
  /** The call, and the call that requested it (0 for the request itself). */
  readonly call: number
  readonly caller: number
  readonly block: string
  readonly activity: Activity
  readonly fromMs: number
  readonly toMs: number
  /** What it was, where the activity does not say it all: `worker`, `connection to db`, `back-off`. */
  readonly note?: string
}

/** Everything that happened to one traced request. */
export interface RequestTrace {
  readonly source: string
  readonly request: number
  readonly kind: string
  readonly arrivedMs: number
  readonly endedMs: number
  readonly outcome: Outcome
  readonly spans: readonly Span[]
}

/** Collects the spans of requests while they are in flight; untraced requests never touch it. */
export class Tracer {
  private readonly open = new Map<string, { readonly spans: Span[]; readonly standsFor: number }>()
  private readonly ended: (trace: RequestTrace, standsFor: number) => void

  constructor(ended: (trace: RequestTrace, standsFor: number) => void) {
    this.ended = ended
  }

  /** Follows a request, chosen at random from `standsFor` of its kind. */
  begin(source: string, request: number, standsFor = 1): void {
    this.open.set(`${source} ${request}`, { spans: [], standsFor })
  }

  /** Spans of requests that have ended in the meantime (abandoned work) are dropped. */
  add(source: string, request: number, span: Span): void {
    this.open.get(`${source} ${request}`)?.spans.push(span)
  }

  end(trace: Omit<RequestTrace, 'spans'>): void {
    const name = `${trace.source} ${trace.request}`
    const followed = this.open.get(name)
    if (followed === undefined) return
    this.open.delete(name)
    this.ended({ ...trace, spans: followed.spans }, followed.standsFor)
  }
}

/** The same trace with all its times `ms` earlier: on the clock of a run that begins so much later than its agenda. */
export function earlier(trace: RequestTrace, ms: number): RequestTrace {
  if (ms === 0) return trace
  const spans = trace.spans.map((span) => ({ ...span, fromMs: span.fromMs - ms, toMs: span.toMs - ms }))
  return { ...trace, arrivedMs: trace.arrivedMs - ms, endedMs: trace.endedMs - ms, spans }
}
