import type { Block } from '../blocks/block.ts'
import { createCallSite } from '../calls/params.ts'
import type { Repeating } from '../calls/repeating.ts'
import type { Frame } from '../kernel/agenda.ts'
import type { Call } from '../kernel/call.ts'
import type { CallSite } from '../kernel/call-site.ts'
import type { Lane } from '../kernel/lane.ts'
import type { Outcome } from '../kernel/outcome.ts'
import { hashName, hashPair } from '../kernel/random.ts'
import type { Requests } from '../kernel/requests.ts'
import type { Simulation } from '../kernel/simulation.ts'
import type { Tracer } from '../kernel/trace.ts'
import { createKeys } from '../keys/index.ts'
import type { KeySampler } from '../keys/key.ts'
import type { Sampler, UniformSource } from '../support/distributions/distribution.ts'
import { createSampler } from '../support/distributions/index.ts'
import type { Reference } from '../support/params.ts'
import type { Gaps } from './arrivals/arrival.ts'
import { arrivals } from './arrivals/index.ts'
import { Following } from './following.ts'
import { ofNoKind, type Recording, recordingOf } from './recording.ts'
import { Schedule } from './schedule.ts'
import type { RequestValues, SourceValues } from './source.ts'
import { beginsInRun, mostRequests, profileOf, requestsAtOnce, spanOf } from './span.ts'
import { Surges } from './surges.ts'
import { SurgingSchedule } from './surging-schedule.ts'

/** What a source needs of the run it is part of. */
export interface SourceSite {
  readonly name: string
  readonly index: number
  readonly simulation: Simulation
  readonly requests: Requests
  /** Time before 0 s of the run. */
  readonly leadInMs: number
  /** The end of the run, lead-in included: nothing begins at it, or it could only be counted as not answered. */
  readonly runEndsMs: number
  /** Whether users have been at work before: each then begins in the middle of a think, as at any moment. */
  readonly isUnderWay: boolean
  readonly tracer: Tracer | null
  /** The only request to follow through all blocks, by number, -1 for none; null for a sample of each kind. */
  readonly onlyFollowed: number | null
  /** Of a kind, by its index: one request in so many is followed, where a sample is. */
  followEvery(kind: number): number
  /** Whether a fault multiplies its arrivals. */
  readonly surges: boolean
  /** Whether requests of a kind set off messages. */
  setsOff(kind: string): boolean
  block(name: string): Block
  /** What repeating a call leads to that is made for a request of this name. */
  repeating(to: Reference, kind: string): Repeating
}

interface Kind {
  readonly index: number
  readonly name: string
  readonly callSite: CallSite
  /** Whether a request is itself the call that it makes. */
  readonly itself: boolean
  readonly key: KeySampler | null
  readonly bySession: boolean
  /** Null where requests have no bytes. */
  readonly size: Sampler | null
  /** A 32-bit integer: each call then stores it in place. V8 stores other numbers behind a pointer, in 16 bytes more. */
  readonly priority: number
  readonly following: Following | null
  /** Whether it sets off messages, which go on after its answer. */
  readonly setsOff: boolean
}

const kindSite = hashName('request kind')
const keySite = hashName('request key')
const sizeSite = hashName('request size')
const sessionSite = hashName('request session')

/** A source of traffic at work. */
export class Source implements Frame {
  generation = 0
  readonly name: string
  private readonly site: SourceSite
  private readonly values: SourceValues
  private readonly callPath: number
  private readonly kinds: Kind[] = []
  private readonly cumulative: number[] = []
  private readonly thinking: Sampler
  private readonly gaps: Gaps
  private readonly schedule: Schedule | SurgingSchedule | null
  private readonly recording: Recording | null
  /** Requests of a job that come at once. */
  private readonly atOnce: number
  /** Before the first request; null where the source has been sending before 0 s. */
  private readonly beginsMs: number | null
  /** Nothing begins from then on. */
  private readonly endsMs: number
  private readonly most: number
  /** Arrivals so far for which a moment is known. */
  private scheduled = 0
  private surging: Surges | null = null
  private readonly stream: UniformSource
  /** The next arrival: one after the other, and so in a lane, unless a surge may bring it forward. */
  private readonly arrivals: Pick<Lane<Source>, 'pushAt'>
  private readonly simulation: Simulation
  private readonly ledger: Requests
  /** Number of sessions; 0 where there are none. */
  private readonly sessions: number
  private readonly closed: boolean
  private requests = 0

  constructor(values: SourceValues, site: SourceSite) {
    this.name = site.name
    this.values = values
    this.site = site
    this.simulation = site.simulation
    this.ledger = site.requests
    this.sessions = values.sessions ?? 0
    this.closed = values.users !== undefined
    this.callPath = hashName(site.name)
    this.stream = site.simulation.stream(`arrivals of ${site.name}`)
    const { agenda } = site.simulation
    this.arrivals = site.surges
      ? { pushAt: (ms, source) => agenda.at(ms, Source.arrived, source) }
      : agenda.lane<Source>(0, Source.arrived)
    this.gaps = arrivals.get(values.arrival.name).create(values.arrival.values)
    this.thinking = createSampler(values.think)
    this.recording = recordingOf(values)
    const { leadInMs } = site
    const { fromMs, toMs } = spanOf(values)
    this.beginsMs = beginsInRun(values) ? leadInMs + fromMs : null
    this.endsMs = Math.min(leadInMs + toMs, site.runEndsMs)
    this.most = mostRequests(values)
    this.atOnce = requestsAtOnce(values) ?? 1
    const times = { leadInMs, beginsMs: this.beginsMs === null ? undefined : fromMs }
    const scheduled = site.surges ? SurgingSchedule : Schedule
    this.schedule = values.rate === undefined ? null : new scheduled(profileOf(values), values.rate / 1000, times)
  }

  /** Looks up where its requests go; runs when all blocks exist. */
  connect(): void {
    let sum = 0
    for (const [name, request] of Object.entries(this.values.requests)) {
      // A kind that says which requests of a trace it matches has no part in the rest.
      if (this.recording === null || request.http === undefined) sum += request.weight
      this.cumulative.push(sum)
      this.kinds.push(this.createKind(name, request))
    }
    for (let i = 0; i < this.cumulative.length; i++) this.cumulative[i] = (this.cumulative[i] as number) / sum
  }

  /** Schedules the first requests. */
  start(): void {
    const { users } = this.values
    if (users === undefined) this.scheduleNext()
    else for (let user = 0; user < users; user++) this.think(this.simulation.calls.fresh(), this.firstThinkMs(user))
  }

  /** Time until the first request of a user. */
  private firstThinkMs(user: number): number {
    const { thinking, stream, beginsMs } = this
    if (beginsMs === null) return this.site.isUnderWay ? thinking.residual(stream) : thinking.sample(stream)
    const { start, users = 1 } = this.values
    const waitMs = start === 'spread' ? thinking.sample(stream) : start === 'together' ? 0 : (start * user) / users
    return beginsMs + waitMs
  }

  private createKind(name: string, request: RequestValues): Kind {
    const { simulation } = this.site
    const to = this.site.block(request.to.block)
    const kind = simulation.kinds.find((candidate) => candidate.source === this.name && candidate.name === name)
    const callSite = createCallSite(simulation, request, {
      to,
      operation: to.operation(request.to.operation ?? undefined, name),
      instance: (request.to.instance ?? 0) - 1,
      key: null,
      repeating: () => this.site.repeating(request.to, name),
      block: this.site.index,
      site: hashPair(this.callPath, hashName(name)),
      done: (caller, outcome) => this.answered(caller, outcome),
    })
    const index = kind?.index ?? 0
    const size = createSampler(request.size)
    return {
      index,
      name,
      key: request.key === undefined ? null : createKeys(request.key),
      bySession: request.key?.name === 'session',
      size: size.constant === 0 ? null : size,
      priority: request.priority | 0,
      callSite,
      itself: callSite.plain && !this.closed,
      following: this.followingOf(index, name),
      setsOff: this.site.setsOff(name),
    }
  }

  private followingOf(kind: number, name: string): Following | null {
    const { onlyFollowed, simulation, followEvery } = this.site
    if (onlyFollowed !== null) return null
    return new Following(simulation.stream(`followed of ${this.name}.${name}`), followEvery(kind))
  }

  private scheduleNext(): void {
    if (this.scheduled >= this.most) return
    if (this.recording !== null && !this.recording.advance()) return
    this.scheduleAt(this.nextMs())
  }

  private scheduleAt(atMs: number): void {
    if (!Number.isFinite(atMs) || atMs >= this.endsMs) return
    this.scheduled++
    this.arrivals.pushAt(atMs, this)
  }

  /** Multiplies the arrivals of one kind, or of all, from now on. @returns what ends it */
  multiply(kind: string | undefined, factor: number): () => void {
    this.surging ??= new Surges(this.cumulative)
    const index = kind === undefined ? -1 : this.kinds.findIndex(({ name }) => name === kind)
    const end = this.surging.begin(index, factor)
    this.surgesChanged(this.surging)
    return () => {
      end()
      this.surgesChanged(this.surging as Surges)
    }
  }

  /** Moves the arrival that is due, if any is. */
  private surgesChanged({ factor, cumulative }: Surges): void {
    const { schedule, simulation } = this
    cumulative.forEach((upTo, i) => {
      this.cumulative[i] = upTo
    })
    const isScheduled = this.scheduled > this.requests
    if (!(schedule instanceof SurgingSchedule)) return
    if (!isScheduled && schedule.dueMs <= simulation.agenda.nowMs) return
    if (isScheduled) {
      this.generation++
      this.scheduled--
    }
    this.scheduleAt(schedule.change(simulation.agenda.nowMs, factor))
  }

  private nextMs(): number {
    const { recording, schedule } = this
    if (schedule !== null) return schedule.next(this.gaps.next(this.stream))
    const beginsMs = this.beginsMs ?? 0
    if (recording !== null) return beginsMs + recording.nextMs
    return beginsMs + Math.floor(this.scheduled / this.atOnce) * (this.values.every ?? 0)
  }

  private static arrived(source: Source): void {
    source.recording?.take()
    source.scheduleNext()
    source.emit(source.simulation.calls.fresh())
  }

  private think(call: Call, forMs: number): void {
    call.position = this
    this.simulation.agenda.after(forMs, Source.thought, call)
  }

  private static thought(call: Call): void {
    const source = call.position as Source
    call.lost = false
    if (source.requests < source.most && source.simulation.agenda.nowMs < source.endsMs) source.emit(call)
    else source.simulation.calls.close(call)
  }

  /** A new request begins on the frame `call`. */
  private emit(call: Call): void {
    const { random } = this.simulation
    const number = this.requests++
    call.request = number
    call.callPath = this.callPath
    call.abandoned = false
    call.copy = null
    call.wrote = null
    const kind = this.kindOf(number)
    call.kind = kind.index
    call.priority = kind.priority
    call.sizeBytes =
      kind.size === null ? 0 : (kind.size.constant ?? kind.size.sample(random.at(number, this.callPath, sizeSite)))
    // The call may have had a session in an earlier life.
    call.session =
      this.sessions === 0 ? 0 : 1 + Math.floor(random.at(number, this.callPath, sessionSite).next() * this.sessions)
    if (kind.bySession) call.key = call.session
    else if (kind.key === null) call.key = this.recording === null ? 0 : this.recording.key
    else call.key = kind.key.sample(random.at(number, this.callPath, keySite))
    this.ledger.arrive(call, this.simulation.agenda.nowMs)
    if (kind.setsOff) this.ledger.follow(call)
    const { following } = kind
    if (following === null) call.traced = number === this.site.onlyFollowed
    else call.traced = call.arrivedMs >= this.site.leadInMs && following.seen++ === following.next
    if (call.traced) this.beginTrace(call, following)
    if (kind.itself && !call.traced) kind.callSite.sendItself(call)
    else kind.callSite.start(call)
  }

  private kindOf(request: number): Kind {
    const recorded = this.recording?.kind ?? ofNoKind
    if (recorded !== ofNoKind) return this.kinds[recorded] as Kind
    if (this.kinds.length === 1) return this.kinds[0] as Kind
    const uniform = this.simulation.random.at(request, this.callPath, kindSite).next()
    let index = 0
    while ((this.cumulative[index] as number) < uniform && index < this.kinds.length - 1) index++
    return this.kinds[index] as Kind
  }

  private answered(call: Call, outcome: Outcome): void {
    this.ledger.end(call, outcome, this.simulation.agenda.nowMs)
    if (call.traced) this.endTrace(call, outcome)
    if (this.closed) this.think(call, this.thinking.sample(this.stream))
    else if (call.receiver === null) this.simulation.calls.close(call)
  }

  private beginTrace(call: Call, following: Following | null): void {
    call.span = this.simulation.calls.nextSpan()
    call.callerSpan = 0
    this.site.tracer?.begin(this.name, call.request, following?.begin())
  }

  private endTrace(call: Call, outcome: Outcome): void {
    const kind = this.site.simulation.kinds[call.kind]
    this.site.tracer?.end({
      source: this.name,
      request: call.request,
      kind: kind?.name ?? '',
      arrivedMs: call.arrivedMs,
      endedMs: this.site.simulation.agenda.nowMs,
      outcome,
    })
  }
}
