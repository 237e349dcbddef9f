import { type DesignNetwork, faultyBlocks, networkOf } from '../before-run/design-network.ts'
import { type Flow, flowsBeforeStart, followRequests } from '../before-run/flows.ts'
import { blockNames, kindsOf } from '../before-run/kinds.ts'
import { blockNamed, sourceNamed } from '../before-run/named.ts'
import { repeatingOf } from '../before-run/repeating.ts'
import { runKind } from '../before-run/run-kind.ts'
import type { Block, BlockType } from '../blocks/block.ts'
import { blocks as blockTypes } from '../blocks/index.ts'
import { affectedBy, touchedWhere } from '../faults/in-design.ts'
import { Happening } from '../kernel/happening.ts'
import { Requests } from '../kernel/requests.ts'
import { Road } from '../kernel/road.ts'
import { type RequestKind, Simulation } from '../kernel/simulation.ts'
import { earlier, type RequestTrace, Tracer } from '../kernel/trace.ts'
import type { CallsFound } from '../kernel/visits.ts'
import type { Design } from '../language/design.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import type { Registry } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { Source } from '../workloads/source-at-work.ts'
import { Breakdown } from './breakdown.ts'
import { Building } from './building.ts'
import { CountingSimulation } from './counting-simulation.ts'
import { setsOff } from './done.ts'
import { settlingOf } from './inner-tiers.ts'
import { instancesToCome } from './instances-to-come.ts'
import { kindCell } from './kind-cell.ts'
import { Measurement } from './measurement.ts'
import { PastRequests } from './past-requests.ts'
import { scheduleFaults } from './schedule-faults.ts'
import { frontToBack, siteOf } from './sites.ts'
import type { Host, Replicate, Task } from './task.ts'

/** How many events run between two looks at the limits, and between two looks at whether the host wants it to stop. */
const eventsPerLook = 65_536
const eventsPerGlance = 8192
/** Events of one moment beyond which its time stands still: so many in all, and so many for each call inside. */
const eventsOfMoment = { inAll: 2 ** 20, perCall: 100 }

/**
 * One independent replication of a design: built, run, and its ledgers checked. `types` are those of the catalogue,
 * unless a test wants to see what a wrong one leads to.
 */
export function replicate(task: Task, host: Host = {}, types: Registry<BlockType> = blockTypes): Replicate {
  return new Replication(task, host, types).run()
}

class Replication {
  private readonly task: Task
  private readonly host: Host
  private readonly building: Building
  private readonly types: Registry<BlockType>
  private readonly design: Design
  private readonly simulation: Simulation
  /** From here to 0 requests are recalled, ms. */
  private readonly startMs: number
  private readonly counting: CountingSimulation | null
  private readonly requests: Requests
  private readonly breakdown: Breakdown
  private readonly traces: RequestTrace[] = []
  private readonly blocks = new Map<string, Block>()
  private readonly blockList: Block[] = []
  private readonly sources: Source[] = []
  private readonly measurement: Measurement
  /** Time on the clock at 0 s of the run. */
  private readonly leadInMs: number
  /** The last moment that was looked at, and the events that had run when it was first seen. */
  private readonly moment = { nowMs: Number.NaN, events: 0 }

  constructor(task: Task, host: Host, types: Registry<BlockType>) {
    this.task = task
    this.host = host
    this.building = new Building(host)
    this.types = types
    this.design = task.design
    const { plan } = task
    this.leadInMs = plan.leadInMs ?? 0
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
      startMs: this.leadInMs,
      deadlinesMs: deadlines,
    })
    const flows = followRequests(this.design)
    this.startMs = -settlingOf(this.design, flowsBeforeStart(this.design)).pastMs
    this.createBlocks(flows)
    this.measurement = new Measurement(plan, this.blockList, this.requests)
    this.connect(flows, tracer)
  }

  run(): Replicate {
    const { agenda } = this.simulation
    const toMs = this.leadInMs + this.task.plan.endMs
    const beganMs = this.host.elapsedMs?.() ?? 0
    let events = 0
    let stopped: Replicate['stopped'] = null
    while (stopped === null) {
      const taken = agenda.runUntil(toMs, eventsPerGlance)
      events += taken
      if (taken < eventsPerGlance) break
      if (this.host.isStopped?.() === true) stopped = 'interrupted'
      else if (events % eventsPerLook === 0) stopped = this.limitReached(events, beganMs)
    }
    return this.finish(stopped === null ? toMs : agenda.nowMs, events, stopped)
  }

  private limitReached(events: number, beganMs: number): Replicate['stopped'] {
    const { host } = this
    const { limits, plan } = this.task
    if (events >= limits.events) return 'events'
    // Each takes memory, whether a request waits for it or not: messages in a queue, calls that nobody waits for.
    if (this.simulation.calls.open >= limits.inside) return 'inside'
    if (this.standsStill(events)) return 'standstill'
    if (host.elapsedMs !== undefined && host.elapsedMs() - beganMs >= limits.wallMs) return 'wall'
    host.reached?.(this.simulation.agenda.nowMs / (this.leadInMs + plan.endMs), ...this.requests.answeredSoFar())
    return null
  }

  /** Whether event follows event and no time passes: a refusal that is followed at once by the next request does that. */
  private standsStill(events: number): boolean {
    const { moment, simulation } = this
    const { nowMs } = simulation.agenda
    if (nowMs !== moment.nowMs) Object.assign(moment, { nowMs, events })
    return events - moment.events > eventsOfMoment.inAll + eventsOfMoment.perCall * simulation.calls.open
  }

  /** @param nowMs on the clock */
  private finish(nowMs: number, events: number, stopped: Replicate['stopped']): Replicate {
    this.measurement.close(nowMs)
    const found = this.simulation.calls.insideOf(this.blockList.length)
    for (const block of this.blockList) {
      block.visits.check(nowMs, found[block.visits.index] as CallsFound)
      block.verify?.(nowMs)
    }
    this.requests.close(this.simulation.calls.all, nowMs, this.blockList.length)
    const { slowest } = this.requests
    const counts = this.counting?.counts()
    return {
      replication: this.task.replication,
      replications: 1,
      events,
      // What was stopped in the lead-in has not begun.
      endMs: Math.max(0, nowMs - this.leadInMs),
      stopped,
      kinds: this.requests.cohorts.map((cells) => cells.map(kindCell)),
      blocks: this.measurement.cells(),
      instances: this.measurement.instances(nowMs),
      capacities: this.blockList.map(({ resources }) => resources.map((resource) => resource.capacity)),
      fillings: this.blockList.map(({ filling = null }) => filling),
      standInErrors: this.blockList.map(({ standInError = 0 }) => standInError),
      names: this.blockList.map(({ resources, queues, counters }) => ({
        resources: resources.map((resource) => resource.name),
        rooms: resources.map(({ isRoom }) => isRoom === true),
        queues: queues.map((queue) => queue.name),
        counters: counters.map((counter) => counter.name),
      })),
      histograms: this.blockList.map(({ visits, waits }) => ({
        'time-in-block': visits.histogram?.encode() ?? null,
        wait: waits.some((wait) => wait.histogram !== null) ? mergedWaits(waits) : null,
        'connection-wait': visits.connectionLimit?.meters.waits.histogram?.encode() ?? null,
      })),
      offeredByTick: this.requests.offeredByTick,
      answeredByTick: this.requests.answeredByTick,
      sumMsByTick: this.requests.sumMsByTick,
      series: this.measurement.series,
      breakdown: this.breakdown.encode(),
      traces: this.traces,
      closeUp: counts === undefined ? null : { calls: counts },
      slowest: slowest === null ? null : { replication: this.task.replication, ...slowest },
    }
  }

  private createBlocks(flows: readonly Flow[]): void {
    const { design, simulation, startMs } = this
    const faulty = faultyBlocks(design, 'instances', 'answers', 'fleet')
    blockNames(design).forEach((name, index) => {
      const values = blockNamed(design, name)
      if (values === undefined) return
      const site = siteOf(name, {
        index,
        faulty: faulty.has(name),
        instancesToCome: instancesToCome(design, name),
        simulation,
        design,
        flows,
        before: flowsBeforeStart(design),
        startMs,
        isEmptiedAtStart: this.isEmptiedAtStart,
        blocks: this.blocks,
      })
      this.building.block()
      const block = this.types.get(values.type).create(values.values, this.building.watched(site))
      this.blocks.set(name, block)
      this.blockList.push(block)
    })
  }

  private connect(flows: readonly Flow[], tracer: Tracer): void {
    const { design, simulation } = this
    const sources = [...design.sources].sort((a, b) => (a.name < b.name ? -1 : 1))
    const surging = new Set(touchedWhere(design.faults, 'arrivals').map(({ block }) => block))
    sources.forEach((source, i) => {
      this.sources.push(
        new Source(source.values as unknown as SourceValues, {
          name: source.name,
          index: this.blockList.length + i,
          simulation,
          requests: this.requests,
          leadInMs: this.leadInMs,
          runEndsMs: this.leadInMs + this.task.plan.endMs,
          isUnderWay: this.leadInMs > 0 || this.task.plan.measureFromMs > 0,
          tracer,
          onlyFollowed: this.onlyFollowed(source.name),
          followEvery: (kind) => this.task.plan.followEvery[kind] ?? 1,
          surges: surging.has(source.name),
          setsOff: (kind) => setsOff(design, source.name, kind),
          block: (name) => this.blocks.get(name) as Block,
          repeating: (to, kind) => repeatingOf(design, to, kind),
        }),
      )
    })
    const network = this.layOutNetwork(sources.map(({ name }) => name))
    for (const block of this.blockList) {
      this.building.block()
      block.connect?.()
    }
    for (const source of this.sources) source.connect()
    this.scheduleAtStart((block) => void block.takeBacklog?.())
    this.measurement.schedule(simulation.agenda)
    this.askForHistograms()
    this.scheduleAtStart((block) => void block.beginBacklog?.())
    if (this.isEmptiedAtStart) this.scheduleEmptying()
    const { blocks, sources: traffic, leadInMs } = this
    scheduleFaults(design, { blocks, sources: traffic, network, simulation, leadInMs })
    for (const name of frontToBack(blockNames(design), flows)) this.blocks.get(name)?.warm?.()
    for (const block of this.blockList) block.allWarm?.()
    new PastRequests(design, flowsBeforeStart(design), this.blocks, simulation).run(this.startMs, this.building.step)
    for (const block of this.blockList) block.start?.()
    for (const source of this.sources) source.start()
  }

  /** Before blocks are connected: how they call depends on it. */
  private layOutNetwork(sources: readonly string[]): DesignNetwork | null {
    const { design, simulation } = this
    const parties = [...this.blockList.map(({ visits }) => visits.block), ...sources]
    const network = networkOf(
      design,
      this.blocks,
      parties,
      design.faults.some((fault) => affectedBy(fault) === 'lines'),
    )
    if (network !== null) simulation.road = new Road(simulation, network.roads)
    return network
  }

  private onlyFollowed(source: string): number | null {
    const { trace } = this.task
    if (trace === null) return null
    return trace.source === source ? trace.request : -1
  }

  /** The breakdown is of the requests that the mean is of: those that arrived while it was measured. */
  private traced(trace: RequestTrace, standsFor: number): void {
    const { measureFromMs, measureToMs } = this.task.plan
    const arrivedMs = trace.arrivedMs - this.leadInMs
    if (this.task.trace !== null) this.traces.push(earlier(trace, this.leadInMs))
    else if (arrivedMs >= measureFromMs && arrivedMs < measureToMs) this.breakdown.add(trace, standsFor)
  }

  /** In the lead-in of a steady run they fill; that of a terminating run ends with how it is to begin. */
  private get isEmptiedAtStart(): boolean {
    return this.leadInMs > 0 && runKind(this.design).kind === 'terminating'
  }

  /** A backlog is taken in before the first look at the blocks, which finds it in flight; work on it begins after that look. */
  private scheduleAtStart(act: (block: Block) => void): void {
    const blocks = this.blockList.filter((block) => block.takeBacklog !== undefined)
    if (blocks.length > 0) Happening.at(this.simulation.agenda, this.leadInMs, () => blocks.forEach(act))
  }

  private scheduleEmptying(): void {
    const emptied = this.blockList.filter((block) => block.emptyAtStart !== undefined)
    Happening.at(this.simulation.agenda, this.leadInMs, () => emptied.forEach((block) => void block.emptyAtStart?.()))
  }

  private askForHistograms(): void {
    if (this.task.plan.histograms.length === 0) return
    Happening.at(this.simulation.agenda, this.leadInMs + this.task.plan.measureFromMs, () => this.keepHistograms())
  }

  private keepHistograms(): void {
    const names = blockNames(this.design)
    for (const { block, of } of this.task.plan.histograms) {
      const at = this.blockList[names.indexOf(block)]
      if (at === undefined) continue
      if (of === 'time-in-block') at.visits.histogram = new LatencyHistogram()
      else if (of === 'connection-wait') at.visits.connectionLimit?.meters.waits.keepHistogram()
      else for (const wait of at.waits) wait.keepHistogram()
    }
  }
}

function deadlineOf(design: Design, kind: RequestKind): number {
  const values = sourceNamed(design, kind.source) as SourceValues | undefined
  return values?.requests[kind.name]?.deadline ?? Number.POSITIVE_INFINITY
}

function mergedWaits(waits: Block['waits']): Float64Array {
  const all = new LatencyHistogram()
  for (const wait of waits) if (wait.histogram !== null) all.add(wait.histogram)
  return all.encode()
}
