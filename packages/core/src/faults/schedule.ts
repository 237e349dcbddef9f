import type { Agenda } from '../kernel/agenda.ts'
import { Happening } from '../kernel/happening.ts'
import type { Stream } from '../kernel/random.ts'
import type { Sampler } from '../support/distributions/distribution.ts'
import { createSampler } from '../support/distributions/index.ts'
import { portionOf, type Values } from '../support/params.ts'
import type { Condition } from './condition.ts'
import type { Fault, Scene } from './fault.ts'
import type { TimingValues } from './timing.ts'

/**
 * So many onsets are drawn one after the other at most: those that are left out because the last one still lasts, and those before
 * 0 s. Then the next one follows the end of the last, or comes at 0 s.
 */
const mostDraws = 1000

/** A fault that has no first moment has been happening for so many times its cycle when the run begins. */
const cyclesBefore = 30

/** Where a fault is scheduled. */
export interface FaultPlace {
  /** Takes times from 0 s of the run on. */
  readonly agenda: Pick<Agenda, 'at'>
  /** All instances that it may affect: those of one group are struck together, each group on its own. */
  readonly groups: readonly (readonly Condition[])[]
  readonly scene: Omit<Scene, 'affected'>
  /** Random numbers of the fault, a stream for each group. */
  stream(group: number): Stream
}

/** Schedules a fault: each group on its own, or, with `count`, as many instances as that together. */
export function scheduleFault(
  fault: Fault,
  values: Values<Fault['params']>,
  { agenda, groups, scene, stream }: FaultPlace,
): void {
  const { count } = values as TimingValues
  const scheduleFor = (own: Stream, strike: () => readonly Condition[]) => {
    new Recurrence(fault, values, agenda, own, () => ({ ...scene, affected: strike() })).begin()
  }
  if (fault.affects === 'lines' || fault.affects === 'arrivals') scheduleFor(stream(0), () => [])
  else if (count !== undefined || fault.affects === 'fleet') {
    const own = stream(groups.length)
    scheduleFor(own, () => {
      const there = existing(groups.flat())
      return count === undefined ? there : drawn(there, portionOf(count, there.length), own)
    })
  } else for (const [i, group] of groups.entries()) scheduleFor(stream(i), () => existing(group))
}

function existing(all: readonly Condition[]): readonly Condition[] {
  return all.filter(({ exists }) => exists)
}

/** So many of them, drawn without replacement (the first steps of a Fisher–Yates shuffle). */
function drawn<T>(from: readonly T[], number: number, stream: Stream): readonly T[] {
  const all = [...from]
  for (let i = 0; i < number; i++) {
    const other = i + Math.floor(stream.next() * (all.length - i))
    const moved = all[i] as T
    all[i] = all[other] as T
    all[other] = moved
  }
  return all.slice(0, number)
}

/** One fault that happens once or again and again, to those whom `strike` names. */
class Recurrence {
  private readonly fault: Fault
  private readonly values: Values<Fault['params']>
  private readonly timing: TimingValues
  private readonly agenda: Pick<Agenda, 'at'>
  private readonly stream: Stream
  private readonly strike: () => Scene
  private readonly lasts: Sampler | undefined
  private readonly every: Sampler | undefined

  constructor(
    fault: Fault,
    values: Values<Fault['params']>,
    agenda: Pick<Agenda, 'at'>,
    stream: Stream,
    strike: () => Scene,
  ) {
    this.fault = fault
    this.values = values
    this.timing = values as TimingValues
    this.agenda = agenda
    this.stream = stream
    this.strike = strike
    this.lasts = this.timing.for && createSampler(this.timing.for)
    this.every = this.timing.every && createSampler(this.timing.every)
  }

  begin(): void {
    const { at } = this.timing
    if (at === undefined && this.every !== undefined) this.beginInProgress(this.every)
    else this.schedule(at ?? 0)
  }

  /** As it is after a long time: it may last already, and then for the rest of its time only. */
  private beginInProgress(every: Sampler): void {
    const { lasts, stream } = this
    const cycleMs = every.mean + (lasts?.mean ?? 0)
    if (lasts === undefined || !Number.isFinite(cycleMs)) {
      this.schedule(every.residual(stream))
      return
    }
    let atMs = every.residual(stream) - cyclesBefore * cycleMs
    for (let i = 0; atMs < 0 && i < mostDraws; i++) {
      const endMs = atMs + lasts.sample(stream)
      if (endMs > 0) {
        const began = { fromMs: atMs, endMs }
        Happening.at(this.agenda, 0, () => this.happen(0, began))
        return
      }
      atMs = this.nextAfter(atMs, endMs, every)
    }
    this.schedule(Math.max(0, atMs))
  }

  private schedule(atMs: number): void {
    const { until } = this.timing
    if (until === undefined || atMs < until) Happening.at(this.agenda, atMs, () => this.happen(atMs))
  }

  /** @param began when it began and ends, if it has been lasting for a while */
  private happen(atMs: number, began?: { readonly fromMs: number; readonly endMs: number }): void {
    const { fault, values, stream, agenda, lasts, every } = this
    const restore = fault.inject(values, this.strike())
    if (lasts === undefined) {
      if (fault.isMoment === true && every !== undefined) this.schedule(this.nextAfter(atMs, atMs, every))
      return
    }
    const endMs = began?.endMs ?? atMs + lasts.sample(stream)
    Happening.at(agenda, endMs, restore)
    if (every !== undefined) this.schedule(this.nextAfter(began?.fromMs ?? atMs, endMs, every))
  }

  /** When the next one begins: those that would begin while this one lasts are left out. */
  private nextAfter(fromMs: number, endMs: number, every: Sampler): number {
    let nextMs = fromMs + every.sample(this.stream)
    for (let i = 1; nextMs < endMs && i < mostDraws; i++) nextMs += every.sample(this.stream)
    return nextMs < endMs ? endMs + every.sample(this.stream) : nextMs
  }
}
