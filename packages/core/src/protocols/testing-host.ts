import type { UniformSource } from '../support/distributions/distribution.ts'
import { testingSource } from '../support/testing-source.ts'
import type { Data, Host, Member, Peer } from './protocol.ts'

interface Due {
  readonly atMs: number
  readonly happen: () => void
}

/** How a testing world behaves from now on; each may be changed at any moment. */
export interface Conditions {
  /** Time that a message takes, drawn for each: they overtake one another. */
  delayMs(random: UniformSource): number
  loss: number
  /** Share of the messages that arrive twice. */
  repeated: number
  persistMs: number
  fenceMs: number
  fencingWorks: boolean
}

/** One process: it lives, dies, stops for a while, and is started again. */
class Process {
  peer: Peer | null = null
  isPaused = false
  /** Rises with each start and each end, so that what was meant for an earlier life finds nobody. */
  life = 0
  readonly kept: Data[] = []
  readonly timers = new Map<string, number>()
  /** What happens to it during a pause, it notices afterwards. */
  readonly parked: (() => void)[] = []
}

/** Members whose time, chance, messages and crashes are moved by hand. */
export class TestingWorld {
  nowMs = 0
  readonly random: UniformSource
  readonly conditions: Conditions = {
    delayMs: () => 1,
    loss: 0,
    repeated: 0,
    persistMs: 1,
    fenceMs: 1,
    fencingWorks: true,
  }
  /** Called after everything that happens. */
  look: () => void = () => {}
  /** Called for every message; false if it is lost. */
  passes: (from: Member, to: Member, message: Data) => boolean = () => true
  /** The last member that has claimed the common address. */
  holder: Member | null = null
  readonly claims: { readonly atMs: number; readonly by: Member }[] = []
  private readonly processes: readonly Process[]
  private readonly cuts = new Set<string>()
  private readonly create: (host: Host) => Peer
  private due: Due[] = []

  constructor(seed: number, members: number, create: (host: Host) => Peer) {
    this.random = testingSource(seed)
    this.create = create
    this.processes = Array.from({ length: members }, () => new Process())
    for (const member of this.processes.keys()) this.bring(member, (peer) => peer.settle())
  }

  /** Members that are active now. One that is paused still is: it may go on at any moment. */
  get active(): readonly Member[] {
    return [...this.processes.keys()].filter((member) => this.of(member).peer?.role === 'active')
  }

  isUp(member: Member): boolean {
    return this.of(member).peer !== null
  }

  at(atMs: number, happen: () => void): void {
    this.due.push({ atMs, happen })
  }

  after(delayMs: number, happen: () => void): void {
    this.at(this.nowMs + delayMs, happen)
  }

  runUntil(untilMs: number): void {
    for (;;) {
      const next = this.due.reduce<Due | null>((first, one) => (first && first.atMs <= one.atMs ? first : one), null)
      if (next === null || next.atMs > untilMs) break
      this.due.splice(this.due.indexOf(next), 1)
      this.nowMs = next.atMs
      next.happen()
      this.look()
    }
    this.nowMs = untilMs
  }

  crash(member: Member): void {
    const process = this.of(member)
    process.life++
    process.peer = null
    process.timers.clear()
    process.parked.length = 0
  }

  start(member: Member): void {
    if (this.isUp(member)) return
    const kept = [...this.of(member).kept]
    this.bring(member, (peer) => peer.begin(kept))
  }

  pause(member: Member): void {
    this.of(member).isPaused = true
  }

  resume(member: Member): void {
    const process = this.of(member)
    process.isPaused = false
    for (const happen of process.parked.splice(0)) happen()
  }

  cut(from: Member, to: Member): void {
    this.cuts.add(`${from} ${to}`)
  }

  /** Ends all cuts. */
  join(): void {
    this.cuts.clear()
  }

  private of(member: Member): Process {
    return this.processes[member] as Process
  }

  private bring(member: Member, begin: (peer: Peer) => void): void {
    const process = this.of(member)
    process.life++
    process.peer = this.create(this.hostOf(member, process.life))
    begin(process.peer)
  }

  /** Lets something happen to this life of a process, after the pause if it is paused. */
  private reach(member: Member, life: number, happen: () => void): void {
    const process = this.of(member)
    if (process.life !== life) return
    if (process.isPaused) process.parked.push(() => this.reach(member, life, happen))
    else happen()
  }

  private hostOf(self: Member, life: number): Host {
    const { conditions, processes, random } = this
    const process = this.of(self)
    const host: Host = {
      self,
      random,
      members: () => [...processes.keys()],
      nowMs: () => this.nowMs,
      send: (to, message) => this.send(self, to, message),
      after: (delayMs, timer) => {
        const set = (process.timers.get(timer) ?? 0) + 1
        process.timers.set(timer, set)
        this.after(delayMs, () =>
          this.reach(self, life, () => {
            if (process.timers.get(timer) === set) process.peer?.onTimer(timer)
          }),
        )
      },
      persist: (record, persisted) => {
        this.after(conditions.persistMs, () => {
          if (process.life !== life) return
          process.kept.push(record)
          this.reach(self, life, persisted)
        })
      },
      fence: (member, fenced) => {
        if (!conditions.fencingWorks) return
        this.after(conditions.fenceMs, () => {
          this.crash(member)
          this.reach(self, life, fenced)
        })
      },
      claim: () => {
        if (this.holder !== self) this.claims.push({ atMs: this.nowMs, by: self })
        this.holder = self
      },
    }
    return host
  }

  private send(from: Member, to: Member, message: Data): void {
    const { conditions, random } = this
    const copies = random.next() < conditions.repeated ? 2 : 1
    for (let i = 0; i < copies; i++) {
      const isLost =
        random.next() < conditions.loss || this.cuts.has(`${from} ${to}`) || !this.passes(from, to, message)
      if (!isLost) this.after(conditions.delayMs(random), () => this.deliver(from, to, message))
    }
  }

  /** A message reaches the process that runs there then, in whichever life. */
  deliver(from: Member, to: Member, message: Data): void {
    this.reach(to, this.of(to).life, () => this.of(to).peer?.onMessage(from, message))
  }
}
