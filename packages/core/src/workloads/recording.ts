import type { RecordedTrace } from '../traces/recorded.ts'
import { type Matching, match, ofNoKind } from './matching.ts'
import type { SourceValues } from './source.ts'

export { ofNoKind }

/** A trace at work in a source: which request comes next, when, for which key, of which kind. */
export class Recording {
  /** The request that comes now: its key, numbered from 1, and the position of its kind, or `ofNoKind`. */
  key = 0
  kind = ofNoKind
  /** When the next one comes. */
  nextMs = 0
  private readonly trace: RecordedTrace
  private readonly matching: Matching
  private readonly speed: number
  private next = -1

  constructor(trace: RecordedTrace, matching: Matching, speed: number) {
    this.trace = trace
    this.matching = matching
    this.speed = speed
  }

  /** Goes to the next request that is not left out. @returns whether there is one. */
  advance(): boolean {
    const { trace, matching } = this
    do this.next++
    while (!matching.hasRest && this.next < trace.requests && matching.kinds[this.next] === ofNoKind)
    if (this.next >= trace.requests) return false
    this.nextMs = trace.timesMs === null ? 0 : (trace.timesMs[this.next] as number) / this.speed
    return true
  }

  /** The next request is the one that comes now. */
  take(): void {
    this.key = (this.trace.ids[this.next] as number) + 1
    this.kind = this.matching.kinds[this.next] as number
  }
}

export function recordingOf({ replay, requests, speed }: SourceValues): Recording | null {
  return replay === undefined ? null : new Recording(replay, match(replay, requests), speed ?? 1)
}

/** What arithmetic can tell of a source that replays a trace. */
export interface ReplayFacts {
  readonly lengthMs: number
  /** Requests that are sent: all but those left out. */
  readonly requests: number
  /** By name of the kind: the share of those requests. */
  readonly shares: ReadonlyMap<string, number>
  readonly unmatched: number
  readonly hasRest: boolean
}

const facts = new WeakMap<SourceValues, ReplayFacts>()

/** How long a replay lasts, and what of it is of which kind; null for a source that replays nothing. */
export function replayFacts(values: SourceValues): ReplayFacts | null {
  if (values.replay === undefined) return null
  const known = facts.get(values)
  if (known !== undefined) return known
  const found = findFacts(values, values.replay)
  facts.set(values, found)
  return found
}

function findFacts({ requests, rate, speed = 1 }: SourceValues, trace: RecordedTrace): ReplayFacts {
  const { counts, unmatched, hasRest } = match(trace, requests)
  const entries = Object.entries(requests)
  const sent = trace.requests - (hasRest ? 0 : unmatched)
  const weights = entries.reduce((sum, [, one]) => sum + (one.http === undefined ? one.weight : 0), 0)
  const shares = new Map(
    entries.map(([name, { http: own, weight }], i) => {
      const rest = own === undefined && weights > 0 ? (unmatched * weight) / weights : 0
      return [name, sent === 0 ? 0 : ((counts[i] ?? 0) + rest) / sent]
    }),
  )
  const lengthMs = rate === undefined ? (trace.lengthMs ?? 0) / speed : (sent * 1000) / rate
  return { lengthMs, requests: sent, shares, unmatched, hasRest }
}

/** The keys of the requests of a kind, one a request; of those that weights divide, all. */
export function replayedKeys({ replay, requests }: SourceValues, kind: string): Int32Array {
  if (replay === undefined) return new Int32Array(0)
  const { kinds, hasRest } = match(replay, requests)
  const position = Object.keys(requests).indexOf(kind)
  const own = requests[kind]?.http === undefined ? (hasRest ? ofNoKind : -1) : position
  const keys: number[] = []
  for (let i = 0; i < replay.requests; i++) if (kinds[i] === own) keys.push((replay.ids[i] as number) + 1)
  return Int32Array.from(keys)
}
