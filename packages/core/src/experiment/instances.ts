import type { Block, MeasuredInstance } from '../blocks/block.ts'
import type { Agenda } from '../kernel/agenda.ts'
import { Happening } from '../kernel/happening.ts'
import type { InstanceVisits } from '../kernel/visits.ts'
import type { Waits } from '../kernel/waits.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import type { BlockCell, InstanceFound, Plan } from './task.ts'

/** What is read of an instance at a moment, side by side: see `Layout`. */
type Reading = Float64Array

/** Where the numbers of one instance are in a reading. */
interface Layout {
  readonly resources: number
  readonly queues: number
  readonly counters: number
  readonly size: number
}

/** One instance that an objective names, and what is kept of it alone. */
interface Watched {
  readonly instance: number
  readonly visits: InstanceVisits
  readonly waits: Waits
  /** At every start of a cell. */
  readonly cells: Own[]
}

/**
 * Measurements of the instances of one block. All are read at the start and in the middle of every cell, so that it can
 * be found out which of them is the fullest; of all others nothing leaves the replication.
 *
 * The fullest of many alike would be the one that random numbers have filled most. So every cell is halved: who is the fullest in
 * its first half is measured in the second, and the other way round. Before, during and after a fault it may be another.
 */
export class InstanceReadings {
  private readonly index: number
  private readonly block: Block
  private readonly members: readonly MeasuredInstance[]
  private readonly plan: Plan
  private readonly layout: Layout
  /** By instance, then as the block lists them; null where an instance has none of that name. */
  private readonly resources: readonly (readonly (MeasuredInstance['resources'][number] | null)[])[]
  /** Two a cell, and one for the end; each holds all instances. */
  private readonly readings: Reading[] = []
  private readonly watched: Watched[] = []

  constructor(index: number, block: Block, members: readonly MeasuredInstance[], plan: Plan) {
    this.index = index
    this.block = block
    this.members = members
    this.plan = plan
    const [{ queues, counters }] = members as [MeasuredInstance]
    // Instances may differ in what they have: one has a limit of workers, another has none.
    this.resources = members.map((member) =>
      block.resources.map(({ name }) => member.resources.find((resource) => resource.name === name) ?? null),
    )
    const sizes = { resources: block.resources.length, queues: queues.length, counters: counters.length }
    this.layout = { ...sizes, size: 2 * sizes.resources + 3 * sizes.queues + sizes.counters + 1 }
  }

  /** Keeps what an objective asks of one instance. */
  watch(instance: number): void {
    const visits = this.block.visits.keepInstance(instance)
    const waits = (this.members[instance] as MeasuredInstance).keepWaits()
    this.watched.push({ instance, visits, waits, cells: [] })
  }

  /** Keeps distributions from now on of the instances that are watched. */
  keepHistograms(): void {
    for (const { visits, waits } of this.watched) {
      visits.histogram = new LatencyHistogram()
      waits.keepHistogram()
    }
  }

  /** Reads all instances: at the start of a cell, in its middle, or at the end. */
  read(nowMs: number): void {
    const { size, resources, queues, counters } = this.layout
    const reading = new Float64Array(this.members.length * size)
    this.members.forEach((member, i) => {
      let at = i * size
      this.resources[i]?.forEach((resource, r) => {
        if (resource === null) return
        const { capacity } = resource
        const area = resource.areaAt(nowMs)
        reading[at + r] = area / capacity
        reading[at + resources + r] = (resource.workBegun?.(nowMs) ?? area) / capacity
      })
      at += 2 * resources
      for (let q = 0; q < queues; q++) {
        const queue = member.queues[q] as MeasuredInstance['queues'][number]
        reading[at + q] = queue.areaAt(nowMs)
        reading[at + queues + q] = queue.max()
        reading[at + 2 * queues + q] = queue.unserved?.() ?? 0
      }
      at += 3 * queues
      for (let c = 0; c < counters; c++)
        reading[at + c] = (member.counters[c] as MeasuredInstance['counters'][number]).read(nowMs)
      reading[at + counters] = member.begun()
    })
    if (this.readings.length % 2 === 0) for (const one of this.watched) one.cells.push(ownOf(one, nowMs))
    this.readings.push(reading)
  }

  /** What of all this leaves the replication. */
  found(endMs: number): readonly InstanceFound[] {
    const cells = this.plan.cellStartsMs.length
    while (this.readings.length <= 2 * cells) this.read(endMs)
    return [this.fullest(), ...this.watched.map((one) => this.foundOf(one))]
  }

  private fullest(): InstanceFound {
    const chosen = this.plan.cellStartsMs.map((_, cell) => [this.fullestIn(cell, 0), this.fullestIn(cell, 1)] as const)
    const cells = chosen.map(([early, late], cell) => {
      const [one, other] = [this.change(late, 2 * cell, 2 * cell + 1), this.change(early, 2 * cell + 1, 2 * cell + 2)]
      return sum(one, other)
    })
    return {
      ...this.common,
      instance: 'fullest',
      chosen: chosen.map((both) => [...new Set(both)]),
      cells,
      ...noHistograms,
    }
  }

  private foundOf({ instance, cells: own, visits, waits }: Watched): InstanceFound {
    const cells = this.plan.cellStartsMs.map((_, cell) => {
      const [before, after] = [own[cell] as Own, own[cell + 1] as Own]
      return { ...this.change(instance, 2 * cell, 2 * cell + 2), ...differenceOf(before, after) }
    })
    const histograms = {
      'time-in-block': visits.histogram?.encode() ?? null,
      wait: waits.histogram?.encode() ?? null,
      'connection-wait': null,
    }
    return { ...this.common, instance, chosen: cells.map(() => [instance]), cells, histograms }
  }

  private get common(): Pick<InstanceFound, 'block' | 'counters'> {
    return { block: this.index, counters: (this.members[0] as MeasuredInstance).counters.map(({ name }) => name) }
  }

  /** The instance whose fullest resource is fullest over the first or over the second half of a cell. */
  private fullestIn(cell: number, half: 0 | 1): number {
    const { size, resources } = this.layout
    let best = 0
    let most = -1
    for (let i = 0; i < this.members.length; i++) {
      for (let r = 0; r < resources; r++) {
        if (this.resources[i]?.[r]?.isRoom === true) continue
        const at = 2 * cell + half
        const use = this.numberAt(at + 1, i * size + r) - this.numberAt(at, i * size + r)
        if (use > most) [best, most] = [i, use]
      }
    }
    return best
  }

  private numberAt(reading: number, at: number): number {
    return (this.readings[reading] as Reading)[at] as number
  }

  /** What an instance did between two readings, per unit of its resources. */
  private change(instance: number, from: number, to: number): BlockCell {
    const { size, resources, queues, counters } = this.layout
    const list = (offset: number, length: number) =>
      Array.from({ length }, (_, i) => {
        const at = instance * size + offset + i
        return this.numberAt(to, at) - this.numberAt(from, at)
      })
    const lines = 2 * resources
    return {
      ...nothing,
      resources: list(0, resources),
      workBegun: list(resources, resources),
      queues: list(lines, queues),
      queueMax: Array.from({ length: queues }, (_, q) => this.numberAt(to, instance * size + lines + queues + q)),
      unserved: list(lines + 2 * queues, queues).reduce((total, count) => total + count, 0),
      counters: list(lines + 3 * queues, counters),
      begun: list(lines + 3 * queues + counters, 1)[0] as number,
    }
  }
}

/** Schedules the readings of all blocks whose instances can be measured apart. */
export function scheduleReadings(blocks: readonly Block[], plan: Plan, agenda: Agenda): readonly InstanceReadings[] {
  const { leadInMs = 0 } = plan
  const all = blocks.flatMap((block, index) => {
    const members = block.measuredInstances
    if (members === undefined) return []
    const readings = new InstanceReadings(index, block, members, plan)
    const asked = plan.instances.filter((one) => one.block === block.visits.block)
    for (const { instance } of asked) readings.watch(instance - 1)
    if (asked.length > 0) Happening.at(agenda, leadInMs + plan.measureFromMs, () => readings.keepHistograms())
    return [readings]
  })
  if (all.length === 0) return all
  plan.cellStartsMs.forEach((startMs, cell) => {
    const endMs = plan.cellStartsMs[cell + 1] ?? plan.endMs
    for (const atMs of [startMs, (startMs + endMs) / 2]) {
      Happening.at(agenda, leadInMs + atMs, () => {
        for (const readings of all) readings.read(leadInMs + atMs)
      })
    }
  })
  return all
}

const noHistograms = { histograms: { 'time-in-block': null, wait: null, 'connection-wait': null } }

/** What is not measured of an instance is no number. */
const nothing = {
  offered: Number.NaN,
  arrived: Number.NaN,
  done: Number.NaN,
  failed: new Float64Array(0),
  doneMs: Number.NaN,
  insideArea: Number.NaN,
  abandoned: 0,
  inside: 0,
  waited: Number.NaN,
  waitMs: Number.NaN,
  oldestArea: Number.NaN,
  oldestAtEnd: 0,
  oldestMost: 0,
  oldestMostSum: 0,
  connected: Number.NaN,
  connectionWaited: Number.NaN,
  connectionWaitMs: Number.NaN,
}

/** What the calls of one instance came to, up to a moment or between two. */
type Own = Pick<
  BlockCell,
  'offered' | 'arrived' | 'done' | 'doneMs' | 'failed' | 'insideArea' | 'inside' | 'waited' | 'waitMs'
>

function ownOf({ visits, waits }: Watched, nowMs: number): Own {
  return {
    // Nothing with several instances has connections, at which calls would wait before they arrive.
    offered: visits.arrived,
    arrived: visits.arrived,
    done: visits.done,
    doneMs: visits.doneMs,
    failed: Float64Array.from(visits.failed),
    insideArea: visits.inside.areaAt(nowMs),
    inside: visits.inside.value,
    waited: waits.waited,
    waitMs: waits.totalMs,
  }
}

function differenceOf(before: Own, after: Own): Own {
  return {
    offered: after.offered - before.offered,
    arrived: after.arrived - before.arrived,
    done: after.done - before.done,
    doneMs: after.doneMs - before.doneMs,
    failed: after.failed.map((count, i) => count - (before.failed[i] as number)),
    insideArea: after.insideArea - before.insideArea,
    inside: after.inside,
    waited: after.waited - before.waited,
    waitMs: after.waitMs - before.waitMs,
  }
}

function sum(one: BlockCell, other: BlockCell): BlockCell {
  const each = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + (b[i] as number))
  return {
    ...one,
    resources: each(one.resources, other.resources),
    workBegun: each(one.workBegun, other.workBegun),
    queues: each(one.queues, other.queues),
    queueMax: one.queueMax.map((value, i) => Math.max(value, other.queueMax[i] as number)),
    counters: each(one.counters, other.counters),
    unserved: one.unserved + other.unserved,
    begun: one.begun + other.begun,
  }
}
