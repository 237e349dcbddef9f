import type { Block } from '../blocks/block.ts'
import type { Agenda } from '../kernel/agenda.ts'
import { Happening } from '../kernel/happening.ts'
import type { Requests } from '../kernel/requests.ts'
import { blockCell, difference } from './block-cell.ts'
import { type InstanceReadings, scheduleReadings } from './instances.ts'
import type { BlockCell, BlockSeries, InstanceFound, Plan, Series } from './task.ts'

const goldenRatio = 0.6180339887498949

/**
 * When a tick is looked at, in ticks: at a moment within it that differs from tick to tick. At equal distances a level that
 * comes and goes with a regular source would be seen at the same point of its period every time, and never settle.
 */
export function momentIn(tick: number): number {
  return tick + (((tick + 1) * goldenRatio) % 1)
}

/** Looks at the blocks and requests of a replication at the edges of its cells, and at every tick. */
export class Measurement {
  readonly series: Series
  private readonly plan: Plan
  private readonly blocks: readonly Block[]
  private readonly requests: Requests
  private readonly snapshots: BlockCell[][] = []
  /** Of the blocks whose instances can be measured apart. */
  private readings: readonly InstanceReadings[] = []

  constructor(plan: Plan, blocks: readonly Block[], requests: Requests) {
    this.plan = plan
    this.blocks = blocks
    this.requests = requests
    this.series = {
      inside: new Float64Array(plan.ticks),
      blocks: blocks.map(() => ({ inside: new Float64Array(plan.ticks), inLine: new Float64Array(plan.ticks) })),
    }
  }

  schedule(agenda: Agenda): void {
    const { plan } = this
    const { leadInMs = 0 } = plan
    for (const cellMs of plan.cellStartsMs) Happening.at(agenda, leadInMs + cellMs, () => this.look(leadInMs + cellMs))
    this.readings = scheduleReadings(this.blocks, plan, agenda)
    const tickMs = plan.endMs / plan.ticks
    const tick = (index: number): void => {
      this.recordTick(index)
      if (index + 1 < plan.ticks) Happening.at(agenda, leadInMs + momentIn(index + 1) * tickMs, () => tick(index + 1))
    }
    Happening.at(agenda, leadInMs + momentIn(0) * tickMs, () => tick(0))
  }

  /**
   * Closes the cells that are still open: the last, and, where a limit ended the replication, those it never reached.
   * @param endMs on the clock of the agenda
   */
  close(endMs: number): void {
    while (this.snapshots.length <= this.plan.cellStartsMs.length) this.look(endMs)
  }

  /** What each block did in each cell of time: the difference between the snapshots at its ends. */
  cells(): BlockCell[][] {
    return this.blocks.map((_, block) =>
      this.plan.cellStartsMs.map((_, cell) => {
        const before = (this.snapshots[cell] as BlockCell[])[block] as BlockCell
        const after = (this.snapshots[cell + 1] as BlockCell[])[block] as BlockCell
        return difference(before, after)
      }),
    )
  }

  /** The fullest instance of each block that has several, and those that objectives name. */
  instances(endMs: number): readonly InstanceFound[] {
    return this.readings.flatMap((readings) => readings.found(endMs))
  }

  private look(nowMs: number): void {
    this.snapshots.push(this.blocks.map((block) => blockCell(block, nowMs)))
  }

  private recordTick(index: number): void {
    this.series.inside[index] = this.requests.inside
    this.blocks.forEach(({ visits, queues }, i) => {
      const series = this.series.blocks[i] as BlockSeries
      series.inside[index] = visits.inside.value
      for (const queue of queues) series.inLine[index] = (series.inLine[index] as number) + queue.length()
    })
  }
}
