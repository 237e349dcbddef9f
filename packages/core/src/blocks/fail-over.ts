import { Happening } from '../kernel/happening.ts'
import type { Counter } from '../kernel/measured.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { failovers } from '../protocols/index.ts'
import type { Data, Host, Member, Peer } from '../protocols/protocol.ts'
import type { UniformSource } from '../support/distributions/distribution.ts'
import type { Chosen } from '../support/params.ts'

/** One process of a block, as its host sees it. */
class Process {
  /** Null while it is down. */
  peer: Peer | null = null
  isPaused = false
  /** Rises with each start and each end, so that what was meant for an earlier life finds nobody. */
  life = 0
  readonly kept: Data[] = []
  /** By name, how often a timer was set: only the last setting counts. */
  readonly timers = new Map<string, number>()
  /** What it notices after its pause. */
  parked: (() => void)[] = []
}

/** The time for which something was so, ms. */
class TimeWhile {
  private sumMs = 0
  private sinceMs = 0
  private isSo = false

  set(isSo: boolean, nowMs: number): void {
    this.sumMs = this.at(nowMs)
    this.sinceMs = nowMs
    this.isSo = isSo
  }

  at(nowMs: number): number {
    return this.isSo ? this.sumMs + nowMs - this.sinceMs : this.sumMs
  }
}

interface FailOverOptions {
  readonly simulation: Simulation
  /** Number of the block in the run. */
  readonly block: number
  readonly name: string
  readonly members: number
  readonly policy: Chosen
  /** Switches a process off, as a crash does. */
  switchOff(member: Member): void
}

/** Names of what a fail-over counts. */
export const failOverCounters = ['takeovers', 'without-active-ms', 'two-active-ms'] as const

/**
 * The simulated host of a fail-over: messages take the road of the run, timers its agenda, random numbers a stream of it. A
 * crash, a pause or a cut of the network acts on the protocol as on everything else.
 */
export class FailOver {
  /** The member that has the common address: the last that has claimed it. */
  holder: Member = 0
  readonly counters: readonly Counter[]
  private readonly options: FailOverOptions
  private readonly random: UniformSource
  private readonly processes: readonly Process[]
  private takeovers = 0
  private readonly withoutActive = new TimeWhile()
  private readonly twoActive = new TimeWhile()

  constructor(options: FailOverOptions) {
    this.options = options
    const { members, name, simulation } = options
    this.random = simulation.stream(`fail-over of ${name}`)
    this.processes = Array.from({ length: members }, () => new Process())
    const reads: readonly Counter['read'][] = [
      () => this.takeovers,
      (nowMs) => this.withoutActive.at(nowMs),
      (nowMs) => this.twoActive.at(nowMs),
    ]
    this.counters = failOverCounters.map((counter, i) => ({ name: counter, read: reads[i] as Counter['read'] }))
  }

  /** Begins with the members in the roles that they have in the long run. */
  start(): void {
    for (const member of this.processes.keys()) this.bring(member, (peer) => peer.settle())
    this.takeovers = 0
  }

  /** Whether a member answers calls to the common address: one that is down refuses them by itself. */
  serves(member: Member): boolean {
    const { peer } = this.of(member)
    return peer === null || peer.role === 'active'
  }

  crashed(member: Member): void {
    const process = this.of(member)
    process.life++
    process.peer = null
    process.timers.clear()
    process.parked = []
    this.look()
  }

  restarted(member: Member): void {
    const { kept, peer } = this.of(member)
    if (peer === null) this.bring(member, (started) => started.begin([...kept]))
  }

  paused(member: Member, isPaused: boolean): void {
    const process = this.of(member)
    process.isPaused = isPaused
    const { parked } = process
    if (!isPaused) {
      process.parked = []
      for (const happen of parked) happen()
    }
    this.look()
  }

  private of(member: Member): Process {
    return this.processes[member] as Process
  }

  private bring(member: Member, begin: (peer: Peer) => void): void {
    const process = this.of(member)
    process.life++
    const { name, values } = this.options.policy
    process.peer = failovers.get(name).create(values as never, this.hostOf(member, process.life))
    this.act(process, begin)
  }

  /** Lets a peer do something, and looks at what that has changed. */
  private act(process: Process, happen: (peer: Peer) => void): void {
    const { peer } = process
    if (peer === null) return
    const before = peer.role
    happen(peer)
    if (before !== 'active' && peer.role === 'active') this.takeovers++
    this.look()
  }

  private look(): void {
    const { nowMs } = this.options.simulation.agenda
    const active = this.processes.reduce(
      (sum, { isPaused, peer }) => sum + (!isPaused && peer?.role === 'active' ? 1 : 0),
      0,
    )
    this.withoutActive.set(active === 0, nowMs)
    this.twoActive.set(active > 1, nowMs)
  }

  /** Lets something happen to this life of a process, after its pause if it is paused. */
  private reach(process: Process, life: number, happen: (peer: Peer) => void): void {
    if (process.life !== life) return
    if (process.isPaused) process.parked.push(() => this.reach(process, life, happen))
    else this.act(process, happen)
  }

  private hostOf(self: Member, life: number): Host {
    const { members, simulation, switchOff } = this.options
    const { agenda } = simulation
    const process = this.of(self)
    const everyone = [...Array(members).keys()]
    const soon = (happen: (peer: Peer) => void) => Happening.after(agenda, 0, () => this.reach(process, life, happen))
    return {
      self,
      random: this.random,
      members: () => everyone,
      nowMs: () => agenda.nowMs,
      send: (to, message) => this.send(self, to, message),
      after: (delayMs, timer) => {
        const set = (process.timers.get(timer) ?? 0) + 1
        process.timers.set(timer, set)
        Happening.after(agenda, delayMs, () =>
          this.reach(process, life, (peer) => {
            if (process.timers.get(timer) === set) peer.onTimer(timer)
          }),
        )
      },
      persist: (record, persisted) => {
        process.kept.push(record)
        soon(persisted)
      },
      fence: (member, fenced) => {
        switchOff(member)
        soon(fenced)
      },
      claim: () => {
        this.holder = self
      },
    }
  }

  /** A message takes the road of the run; without one it is there at once. */
  private send(from: Member, to: Member, message: Data): void {
    const { block, simulation } = this.options
    const ms = simulation.road?.messageMs(block, from, to) ?? 0
    if (ms === Number.POSITIVE_INFINITY) return
    Happening.after(simulation.agenda, ms, () => {
      const process = this.of(to)
      this.reach(process, process.life, (peer) => peer.onMessage(from, message))
    })
  }
}
