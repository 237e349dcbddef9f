import type { Block, BlockType } from '../blocks/block.ts'
import { blocks as blockTypes } from '../blocks/index.ts'
import { Happening } from '../faults/fault.ts'
import { faults } from '../faults/index.ts'
import { Requests } from '../kernel/requests.ts'
import { type RequestKind, Simulation } from '../kernel/simulation.ts'
import { type RequestTrace, Tracer } from '../kernel/trace.ts'
import type { CallsFound } from '../kernel/visits.ts'
import type { Design } from '../language/design.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import type { Reference, Registry } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { Source } from '../workloads/source-at-work.ts'
import { blockCell, difference } from './block-cell.ts'
import { Breakdown } from './breakdown.ts'
import { CountingSimulation } from './counting-simulation.ts'
import { followRequests } from './flows.ts'
import { blockNames, kindsOf } from './kinds.ts'
import { frontToBack, siteOf } from './sites.ts'
import type { BlockCell, CloseUp, KindCell, Replicate, Series, Task } from './task.ts'

/** How many events run between two looks at the limits. */
const eventsPerLook = 65_536

/**
 * One independent replication of a design: built, run, and its ledgers checked. `types` are those of the catalogue,
 * unless a test wants to see what a wrong one leads to.
 */
export function replicate(task: Task, elapsedMs?: () => number, types: Registry<BlockType> = blockTypes): Replicate {
  return new Replication(task, types).run(elapsedMs)
}

class Replication {
  private readonly task: Task
  private readonly types: Registry<BlockType>
  private readonly design: Design
  private readonly simulation: Simulation
  private readonly counting: CountingSimulation | null
  private readonly requests: Requests
  private readonly breakdown: Breakdown
  private readonly traces: RequestTrace[] = []
  private readonly blocks = new Map<string, Block>()
  private readonly blockList: Block[] = []
  private readonly sources: Source[] = []
  private readonly snapshots: BlockCell[][] = []
  private readonly series: Series

  constructor(task: Task, types: Registry<BlockType>) {
    this.task = task
    this.types = types
    this.design = task.design
    const { plan } = task
    const kinds = kindsOf(this.design)
    this.breakdown = new Breakdown(kinds)
    const tracer = new Tracer((trace, standsFor) => this.traced(trace, standsFor))
    const { seed, replication, workFactor } = task
    const options = { seed, replication, kinds, workFactor, tracer, mostEvents: task.limits.events }
    this.counting = task.closeUp === true ? new CountingSimulation(options, this.design, plan) : null
    this.simulation = this.counting ?? new Simulation(options)
    const deadlines = kinds.map((kind) => deadlineOf(this.design, kind))
    this.requests = new Requests({
      kinds: kinds.length,
      cellStartsMs: plan.cellStartsMs,
      measureFromMs: plan.measureFromMs,
      tickMs: plan.endMs / plan.ticks,
      ticks: plan.ticks,
      deadlinesMs: deadlines,
    })
    this.series = {
      inside: new Float64Array(plan.ticks),
      blocks: blockNames(this.design).map(() => ({
        inside: new Float64Array(plan.ticks),
        done: new Float64Array(plan.ticks),
        busy: new Float64Array(plan.ticks),
      })),
    }
    this.build(tracer)
  }

  run(elapsedMs?: () => number): Replicate {
    const { agenda } = this.simulation
    const { plan, limits } = this.task
    const beganMs = elapsedMs?.() ?? 0
    let events = 0
    let stopped: Replicate['stopped'] = null
    for (;;) {
      const taken = agenda.runUntil(plan.endMs, eventsPerLook)
      events += taken
      if (taken < eventsPerLook) break
      if (events >= limits.events) stopped = 'events'
      else if (this.mostInside() >= limits.inside) stopped = 'inside'
      else if (elapsedMs !== undefined && elapsedMs() - beganMs >= limits.wallMs) stopped = 'wall'
      if (stopped !== null) break
    }
    const endMs = stopped === null ? plan.endMs : agenda.nowMs
    return this.finish(endMs, events, stopped)
  }

  /** Requests inside, or calls inside one block if these are more: a queue keeps messages that no request waits for. */
  private mostInside(): number {
    return this.blockList.reduce((most, { visits }) => Math.max(most, visits.inside.value), this.requests.inside)
  }

  private finish(endMs: number, events: number, stopped: Replicate['stopped']): Replicate {
    while (this.snapshots.length <= this.task.plan.cellStartsMs.length) this.snapshots.push(this.snapshot(endMs))
    const found = this.simulation.calls.insideOf(this.blockList.length)
    for (const block of this.blockList) {
      block.visits.check(endMs, found[block.visits.index] as CallsFound)
      block.verify?.(endMs)
    }
    this.requests.close(this.simulation.calls.all, endMs, this.blockList.length)
    return {
      replication: this.task.replication,
      events,
      endMs,
      stopped,
      kinds: this.requests.cohorts.map((cells) => cells.map(kindCell)),
      blocks: this.blockList.map((_, block) => this.cellsOf(block)),
      capacities: this.blockList.map(({ resources }) => resources.map((resource) => resource.capacity)),
      standInErrors: this.blockList.map(({ standInError = 0 }) => standInError),
      names: this.blockList.map(({ resources, queues, counters }) => ({
        resources: resources.map((resource) => resource.name),
        rooms: resources.map(({ isRoom }) => isRoom === true),
        queues: queues.map((queue) => queue.name),
        counters: counters.map((counter) => counter.name),
      })),
      histograms: this.blockList.map(({ visits, waits, gate }) => ({
        sojourn: visits.histogram?.encode() ?? null,
        wait: waits.some((wait) => wait.histogram !== null) ? mergedWaits(waits) : null,
        'connection-wait': gate?.waits.histogram?.encode() ?? null,
      })),
      offeredByTick: this.requests.offeredByTick,
      answeredByTick: this.requests.answeredByTick,
      sumMsByTick: this.requests.sumMsByTick,
      series: this.series,
      breakdown: this.breakdown.encode(),
      traces: this.traces,
      closeUp: this.closeUp(),
      slowest: this.requests.slowest,
    }
  }

  private closeUp(): CloseUp | null {
    if (this.counting === null) return null
    return { calls: this.counting.counts() }
  }

  /** What each block did in each cell of time: the difference between the snapshots at its ends. */
  private cellsOf(block: number): BlockCell[] {
    return this.task.plan.cellStartsMs.map((_, cell) => {
      const before = (this.snapshots[cell] as BlockCell[])[block] as BlockCell
      const after = (this.snapshots[cell + 1] as BlockCell[])[block] as BlockCell
      return difference(before, after)
    })
  }

  private snapshot(nowMs: number): BlockCell[] {
    return this.blockList.map((block) => blockCell(block, nowMs))
  }

  private build(tracer: Tracer): void {
    const { design, simulation } = this
    const flows = followRequests(design)
    const faulty = new Set(design.faults.map((fault) => (fault.values.on as Reference).block))
    blockNames(design).forEach((name, index) => {
      const values = design.blocks.find((block) => block.name === name)
      if (values === undefined) return
      const site = siteOf(name, { index, faulty: faulty.has(name), simulation, design, flows, blocks: this.blocks })
      const block = this.types.get(values.type).create(values.values, site)
      this.blocks.set(name, block)
      this.blockList.push(block)
    })
    const sources = [...design.sources].sort((a, b) => (a.name < b.name ? -1 : 1))
    sources.forEach((source, i) => {
      this.sources.push(
        new Source(source.values as unknown as SourceValues, {
          name: source.name,
          index: this.blockList.length + i,
          simulation,
          requests: this.requests,
          tracer,
          onlyFollowed: this.onlyFollowed(source.name),
          followEvery: (kind) => this.task.plan.followEvery[kind] ?? 1,
          block: (name) => this.blocks.get(name) as Block,
        }),
      )
    })
    for (const block of this.blockList) block.connect?.()
    for (const source of this.sources) source.connect()
    this.scheduleMeasurement()
    this.scheduleFaults()
    for (const name of frontToBack(blockNames(design), flows)) this.blocks.get(name)?.warm?.()
    for (const block of this.blockList) block.start?.()
    for (const source of this.sources) source.start()
    this.askForHistograms()
  }

  private onlyFollowed(source: string): number | null {
    const { trace } = this.task
    if (trace === null) return null
    return trace.source === source ? trace.request : -1
  }

  /** The breakdown is of the requests that the mean is of: those that arrived while it was measured. */
  private traced(trace: RequestTrace, standsFor: number): void {
    const { measureFromMs, measureToMs } = this.task.plan
    if (this.task.trace !== null) this.traces.push(trace)
    else if (trace.arrivedMs >= measureFromMs && trace.arrivedMs < measureToMs) this.breakdown.add(trace, standsFor)
  }

  private scheduleMeasurement(): void {
    const { agenda } = this.simulation
    const { plan } = this.task
    for (const startMs of plan.cellStartsMs) {
      Happening.at(agenda, startMs, () => this.snapshots.push(this.snapshot(startMs)))
    }
    const tickMs = plan.endMs / plan.ticks
    const tick = (index: number): void => {
      this.recordTick(index)
      if (index + 1 < plan.ticks) Happening.at(agenda, (index + 2) * tickMs, () => tick(index + 1))
    }
    Happening.at(agenda, tickMs, () => tick(0))
  }

  private recordTick(index: number): void {
    const now = this.simulation.agenda.nowMs
    this.series.inside[index] = this.requests.inside
    this.blockList.forEach(({ visits, resources }, i) => {
      const series = this.series.blocks[i] as Series['blocks'][number]
      series.inside[index] = visits.inside.value
      series.done[index] = visits.done
      series.busy[index] = resources[0]?.areaAt(now) ?? 0
    })
  }

  private scheduleFaults(): void {
    const { agenda } = this.simulation
    this.design.faults.forEach((chosen, i) => {
      const on = chosen.values.on as Reference
      const block = this.blocks.get(on.block) as Block
      const instances =
        on.instance === undefined ? block.instances : block.instances.slice(on.instance - 1, on.instance)
      faults.get(chosen.name).schedule(chosen.values, {
        agenda,
        instances,
        stream: (instance) => this.simulation.stream(`fault ${i} on ${on.block} ${instance}`),
      })
    })
  }

  private askForHistograms(): void {
    if (this.task.plan.histograms.length === 0) return
    Happening.at(this.simulation.agenda, this.task.plan.measureFromMs, () => this.keepHistograms())
  }

  private keepHistograms(): void {
    const names = blockNames(this.design)
    for (const { block, of } of this.task.plan.histograms) {
      const at = this.blockList[names.indexOf(block)]
      if (at === undefined) continue
      if (of === 'sojourn') at.visits.histogram = new LatencyHistogram()
      else if (of === 'connection-wait') at.gate?.waits.keepHistogram()
      else for (const wait of at.waits) wait.keepHistogram()
    }
  }
}

function deadlineOf(design: Design, kind: RequestKind): number {
  const values = design.sources.find((source) => source.name === kind.source)?.values as SourceValues | undefined
  return values?.requests[kind.name]?.deadline ?? Number.POSITIVE_INFINITY
}

function kindCell(cohort: Requests['cohorts'][number][number]): KindCell {
  return {
    offered: cohort.offered,
    answered: cohort.answered,
    inTime: cohort.inTime,
    inside: cohort.inside,
    undecided: cohort.undecided,
    insideMs: cohort.insideMs,
    completed: cohort.completed,
    sumMs: cohort.sumMs,
    stale: cohort.stale,
    versionsBehind: cohort.versionsBehind,
    behindMs: cohort.behindMs,
    failed: [...cohort.failed].sort(([a], [b]) => a - b),
    histogram: cohort.histogram.encode(),
  }
}

function mergedWaits(waits: Block['waits']): Float64Array {
  const all = new LatencyHistogram()
  for (const wait of waits) if (wait.histogram !== null) all.add(wait.histogram)
  return all.encode()
}
