import type { Frame } from '../../kernel/agenda.ts'
import type { Call } from '../../kernel/call.ts'
import type { Copy } from '../../kernel/copy.ts'
import { type Outcome, ok } from '../../kernel/outcome.ts'
import type { Simulation } from '../../kernel/simulation.ts'
import { count, duration, type Values } from '../../support/params.ts'
import type { Versions } from '../versions.ts'
import { ObjectCopy } from '../versions.ts'
import type { Background } from './background.ts'

export const writeBehindParams = {
  every: duration({
    meaning: 'time between two rounds of writing to the origin; what is written in between to one key goes once',
    default: '1s',
    min: '1ms',
  }),
  batch: count({
    meaning: 'objects that one write to the origin carries; its work there is that of one write',
    default: 1,
    min: 1,
    max: 10_000,
  }),
  timeout: duration({
    meaning: 'how long a write to the origin may take; what failed is written again in the next round',
    default: '10s',
    above: 0,
  }),
}

export type WriteBehindValues = Values<typeof writeBehindParams>

/** Several objects that one write stores. */
class Batch implements Copy {
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

  settle(): void {
    for (const part of this.parts) part.settle()
  }
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
  private readonly simulation: Simulation
  private readonly background: Background
  private readonly versions: Versions
  private readonly everyMs: number
  /** When the first round would be: nobody's clock began with the run, so that a fault strikes anywhere between two. */
  readonly phaseMs: number
  private readonly batch: number
  private isScheduled = false
  private readonly bytesOf: (key: number) => number
  private dirty = new Map<number, ObjectCopy>()
  private underway = new Map<number, ObjectCopy>()
  private round: Round = { crashed: false }

  constructor(
    simulation: Simulation,
    background: Background,
    versions: Versions,
    options: { every: number; batch: number },
    bytesOf: (key: number) => number,
    phase: number,
  ) {
    this.simulation = simulation
    this.background = background
    this.versions = versions
    this.everyMs = options.every
    this.batch = options.batch
    this.bytesOf = bytesOf
    this.phaseMs = phase * options.every
  }

  /** Objects that wait to be written. */
  get waiting(): number {
    return this.dirty.size
  }

  /** Acknowledges a write. @returns what the cache now shows of the key. */
  accept(key: number): ObjectCopy {
    const version = this.versions.writeAhead(key, this.simulation.agenda.nowMs)
    const copy = new ObjectCopy(this.versions, key, version)
    this.acknowledged++
    if (this.dirty.has(key)) this.coalesced++
    this.await(copy)
    return copy
  }

  /** What waits to be written of a key: the cache has it even if it has thrown the entry out. */
  find(key: number): ObjectCopy | null {
    return this.dirty.get(key) ?? this.underway.get(key) ?? null
  }

  /** The object waits for the next round: these come an interval apart, if anything waits. */
  private await(copy: ObjectCopy): void {
    this.dirty.set(copy.key, copy)
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
    const ready = [...this.dirty.values()].filter(({ key }) => !this.underway.has(key))
    if (ready.length < this.dirty.size)
      this.await([...this.dirty.values()].find(({ key }) => this.underway.has(key)) as ObjectCopy)
    for (let from = 0; from < ready.length; from += this.batch) this.write(ready.slice(from, from + this.batch))
  }

  /** Loses what is not under way; what is will show. */
  crash(): void {
    this.round.crashed = true
    this.round = { crashed: false }
    for (const key of this.dirty.keys()) this.lost += this.versions.lose(key, this.underway.get(key)?.version)
    this.dirty = new Map()
    this.underway = new Map()
  }

  private write(parts: readonly ObjectCopy[]): void {
    const { round } = this
    let sizeBytes = 0
    for (const part of parts) {
      this.dirty.delete(part.key)
      this.underway.set(part.key, part)
      sizeBytes += this.bytesOf(part.key)
    }
    const errand = { key: (parts[0] as ObjectCopy).key, sizeBytes, copy: new Batch(parts), has: null }
    this.background.send(errand, (_reply: Call, outcome: Outcome) => this.ended(parts, outcome, round))
  }

  private ended(parts: readonly ObjectCopy[], outcome: Outcome, round: Round): void {
    if (outcome === ok) this.written += parts.length
    for (const part of parts) {
      const isReplaced = this.dirty.has(part.key)
      if (!round.crashed) this.underway.delete(part.key)
      if (outcome === ok || isReplaced) continue
      if (round.crashed) this.lost += this.versions.lose(part.key)
      else this.await(part)
    }
  }
}
