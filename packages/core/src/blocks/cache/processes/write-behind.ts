import type { Frame } from '../../../kernel/agenda.ts'
import type { Call } from '../../../kernel/call.ts'
import type { Copy } from '../../../kernel/copy.ts'
import { type Outcome, ok } from '../../../kernel/outcome.ts'
import type { Simulation } from '../../../kernel/simulation.ts'
import { invariant } from '../../../support/invariant.ts'
import type { Versions } from '../../versions.ts'
import { ObjectCopy } from '../../versions.ts'
import type { Background } from '../way-out/background.ts'

/** Several objects that one write stores. */
export class Batch implements Copy {
  readonly absent = false
  readonly parts: readonly ObjectCopy[]

  constructor(parts: readonly ObjectCopy[]) {
    this.parts = parts
  }

  versionsBehind(): number {
    return 0
  }

  msBehind(): number {
    return 0
  }

  arriveIn(store: object): boolean {
    return this.parts.map((part) => part.arriveIn(store)).includes(true)
  }
}

/** What is acknowledged of a key and not yet written: its newest version, how many writes that stands for, and what was before. */
interface Owed {
  readonly copy: ObjectCopy
  readonly writes: number
  readonly before: number
}

/** A crash has taken place since the write began: nobody will write it again. */
interface Round {
  crashed: boolean
}

/** What a cache has acknowledged and not yet written: the newest of each key, in the order in which it was first changed. */
export class WriteBehind implements Frame {
  readonly generation = 0
  /** Writes acknowledged, those that replaced one still waiting, objects written, acknowledged writes lost in a crash. */
  acknowledged = 0
  coalesced = 0
  written = 0
  lost = 0
  /** Writes that are no longer owed: written, alone or as part of a later one, or overtaken by one that is not lost. */
  private noLongerOwed = 0
  private readonly simulation: Simulation
  private readonly background: Background
  private readonly versions: Versions
  private readonly everyMs: number
  /** When the first round would be: nobody's clock began with the run, so that a fault strikes anywhere between two. */
  readonly phaseMs: number
  private readonly batch: number
  private isScheduled = false
  private readonly bytesOf: (key: number) => number
  private dirty = new Map<number, Owed>()
  private underway = new Map<number, Owed>()
  /** Writes under way when a crash forgot them: how these end is still to be seen. */
  private adrift = 0
  private round: Round = { crashed: false }

  constructor(
    simulation: Simulation,
    background: Background,
    versions: Versions,
    options: { every: number; batch: number; phase: number },
    bytesOf: (key: number) => number,
  ) {
    this.simulation = simulation
    this.background = background
    this.versions = versions
    this.everyMs = options.every
    this.batch = options.batch
    this.bytesOf = bytesOf
    this.phaseMs = options.phase * options.every
  }

  /** Objects that wait to be written. */
  get waiting(): number {
    return this.dirty.size
  }

  /** Acknowledges a write of a key. @returns what the cache now shows of it. */
  accept(key: number): ObjectCopy {
    const before = this.versions.newest(key)
    const copy = new ObjectCopy(this.versions, key, this.versions.writeAhead(key, this.simulation.agenda.nowMs))
    this.owe(copy, before)
    return copy
  }

  /** Acknowledges what another cache has acknowledged before: these versions have taken effect already. */
  acceptAll({ parts }: Batch): void {
    for (const part of parts) this.owe(part, this.versions.inStore(part.key))
  }

  /** What waits to be written of a key: the cache has it even if it has thrown the entry out. */
  find(key: number): ObjectCopy | null {
    return (this.dirty.get(key) ?? this.underway.get(key))?.copy ?? null
  }

  /** What must hold at any time. */
  verify(): void {
    const sum = (owed: Map<number, Owed>) => [...owed.values()].reduce((total, { writes }) => total + writes, 0)
    const open = sum(this.dirty) + sum(this.underway) + this.adrift
    invariant(
      this.acknowledged === this.noLongerOwed + this.lost + open,
      `of ${this.acknowledged} writes acknowledged ${this.noLongerOwed} are no longer owed, ${this.lost} lost, ${open} owed`,
    )
  }

  private owe(copy: ObjectCopy, before: number): void {
    const waiting = this.dirty.get(copy.key)
    this.acknowledged++
    if (waiting !== undefined) this.coalesced++
    const last = waiting?.before ?? this.underway.get(copy.key)?.copy.version ?? before
    this.await({ copy, writes: (waiting?.writes ?? 0) + 1, before: last })
  }

  /** The object waits for the next round: these come an interval apart, if anything waits. */
  private await(owed: Owed): void {
    this.dirty.set(owed.copy.key, owed)
    if (this.isScheduled) return
    this.isScheduled = true
    const { agenda } = this.simulation
    const { everyMs, phaseMs } = this
    const roundMs = phaseMs + (Math.floor((agenda.nowMs - phaseMs) / everyMs) + 1) * everyMs
    // In a round itself rounding may give its own moment again.
    agenda.at(roundMs > agenda.nowMs ? roundMs : roundMs + everyMs, WriteBehind.due, this)
  }

  private static due(writes: WriteBehind): void {
    writes.isScheduled = false
    writes.flush()
  }

  /** Writes what waits, but for keys of which an older version is still under way. */
  private flush(): void {
    const ready: Owed[] = []
    for (const owed of this.dirty.values()) {
      if (this.underway.has(owed.copy.key)) this.await(owed)
      else ready.push(owed)
    }
    for (let from = 0; from < ready.length; from += this.batch) this.write(ready.slice(from, from + this.batch))
  }

  /** Loses what is not under way; what is will show. */
  crash(): void {
    this.round.crashed = true
    this.round = { crashed: false }
    for (const owed of this.dirty.values()) this.lose(owed)
    for (const { writes } of this.underway.values()) this.adrift += writes
    this.dirty = new Map()
    this.underway = new Map()
  }

  /** Lost is what nobody else has a later version of: a cache before this one may still owe it that. */
  private lose({ copy: { key, version }, writes, before }: Owed): void {
    if (this.versions.newest(key) !== version) {
      this.noLongerOwed += writes
      return
    }
    this.versions.lose(key, before)
    this.lost += writes
  }

  private write(parts: readonly Owed[]): void {
    const { round } = this
    let sizeBytes = 0
    for (const part of parts) {
      const { key } = part.copy
      this.dirty.delete(key)
      this.underway.set(key, part)
      sizeBytes += this.bytesOf(key)
    }
    const copies = parts.map(({ copy }) => copy)
    const errand = { entry: (copies[0] as ObjectCopy).key, sizeBytes, payload: new Batch(copies), has: null }
    this.background.send(errand, (_reply: Call, outcome: Outcome) => this.ended(parts, outcome, round))
  }

  private ended(parts: readonly Owed[], outcome: Outcome, { crashed }: Round): void {
    for (const part of parts) {
      if (crashed) this.adrift -= part.writes
      else this.underway.delete(part.copy.key)
      if (outcome === ok) {
        this.written++
        this.noLongerOwed += part.writes
      } else if (crashed) {
        this.lose(part)
      } else {
        this.again(part)
      }
    }
  }

  /** What failed is owed still, if need be as part of what has come since. */
  private again(failed: Owed): void {
    const later = this.dirty.get(failed.copy.key)
    if (later === undefined) this.await(failed)
    else this.await({ copy: later.copy, writes: later.writes + failed.writes, before: failed.before })
  }
}
