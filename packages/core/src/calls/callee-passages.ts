import type { Call, Receiver } from '../kernel/call.ts'
import type { Counter, Queue, Resource } from '../kernel/measured.ts'
import { reasons } from '../kernel/outcome.ts'
import type { SemaphoreMeters } from '../kernel/semaphore.ts'
import type { Simulation } from '../kernel/simulation.ts'
import { type CallCount, callCounter, refusedCounter } from './call-counters.ts'
import type { Leak } from './guards/leaks.ts'
import { GateMeters } from './guards/rate-limit/gate-meters.ts'
import type { CallValues } from './params.ts'
import { GuardedPassage, type PassageMeters, type PassageOptions, passageMeters } from './passage.ts'

/** The ways from the instances of a block to one block that it calls, each with guards of its own. */
export class CalleePassages {
  readonly resources: readonly Resource[]
  readonly queues: readonly Queue[]
  readonly counters: readonly Counter[]
  private readonly simulation: Simulation
  private readonly options: PassageOptions
  private readonly meters: PassageMeters
  private readonly to: Receiver
  private readonly passages: GuardedPassage[] = []

  constructor(simulation: Simulation, to: Receiver, options: PassageOptions, instances: number) {
    this.simulation = simulation
    this.options = options
    this.to = to
    const { rateLimit, bulkhead, pool } = options
    const callee = to.visits.block
    const gates = rateLimit === undefined ? null : new GateMeters(rateLimit, instances, rateLimitName(callee))
    const meters = passageMeters(gates)
    this.meters = meters
    const measured = (name: string, permits: number, one: SemaphoreMeters, isRoom = false) => ({
      resource: {
        name,
        ...(isRoom ? { isRoom: true as const } : {}),
        capacity: permits * instances,
        areaAt: (nowMs: number) => one.held.areaAt(nowMs),
        workBegun: (nowMs: number) => one.workBegun(nowMs),
      },
      queue: {
        name: `waiting for ${name}`,
        areaAt: (nowMs: number) => one.waiting.areaAt(nowMs),
        length: () => one.waiting.value,
        max: () => one.waiting.max,
      },
    })
    // A bulkhead that refuses is a loss system: as the load grows, it refuses more, and is never quite full.
    const refuses = bulkhead !== undefined && Number.isFinite(bulkhead.limit)
    const all = [
      ...(bulkhead === undefined ? [] : [measured(bulkheadName(callee), bulkhead.calls, meters.bulkhead, refuses)]),
      ...(pool === undefined ? [] : [measured(poolName(callee), pool.connections, meters.pool)]),
    ]
    this.resources = [...(gates?.resources ?? []), ...all.map(({ resource }) => resource)]
    this.queues = [...(gates?.queues ?? []), ...all.map(({ queue }) => queue)]
    this.counters = countersOf(meters, options, callee, instances)
  }

  /** The way of the calling instance; a source of traffic has one. */
  readonly of = ({ instance }: Call): GuardedPassage => this.ofInstance(Math.max(0, instance))

  private ofInstance(instance: number): GuardedPassage {
    const known = this.passages[instance]
    if (known !== undefined) return known
    const passage = new GuardedPassage(this.simulation, this.to, this.options, this.meters)
    this.passages[instance] = passage
    return passage
  }

  /** Makes the pool of an instance lose connections, if it has one. @returns what ends that */
  leak(instance: number, leak: Leak): () => void {
    return this.options.pool === undefined ? () => undefined : this.ofInstance(instance).leak(leak)
  }

  /** Gives back the connections that an instance had lost. */
  reclaim(instance: number): void {
    this.passages[instance]?.reclaim()
  }

  /** Forgets what the process of an instance knows. */
  forget(instance: number): void {
    this.passages[instance]?.forget()
  }
}

/** What is counted of all passages to a block together. */
function countersOf(
  meters: PassageMeters,
  { breaker, rateLimit, bulkhead, pool, retryBudget }: PassageOptions,
  callee: string,
  instances: number,
): readonly Counter[] {
  const count = (what: CallCount, read: Counter['read']): Counter => ({ name: callCounter(what, callee), read })
  const { waits } = meters.pool
  const refusing = [
    ...(breaker === undefined ? [] : [reasons.breakerOpen]),
    ...(rateLimit === undefined ? [] : [reasons.rateLimited]),
    ...(bulkhead === undefined ? [] : [reasons.bulkheadFull]),
    ...(pool === undefined ? [] : [reasons.poolFull, reasons.poolTimedOut, reasons.tooManyConnections]),
  ]
  return [
    count('attempts', () => meters.attempts),
    count('refused', () => meters.refused.reduce((sum, refused) => sum + refused, 0)),
    ...refusing.map((reason) => ({
      name: refusedCounter(reason, callee),
      read: () => meters.refused[reason.code] as number,
    })),
    ...(breaker === undefined
      ? []
      : [
          count('breaker ms', (nowMs) => instances * nowMs),
          count('open breaker ms', (nowMs) => meters.open.areaAt(nowMs)),
        ]),
    ...(pool === undefined
      ? []
      : [
          count('connections given', () => waits.begun),
          count('connections waited for', () => waits.waited),
          count('connection wait ms', () => waits.totalMs),
        ]),
    ...(retryBudget === undefined
      ? []
      : [count('retries wanted', () => meters.retriesWanted), count('retries refused', () => meters.retriesRefused)]),
  ]
}

export function poolName(callee: string): string {
  return `pool of ${callee}`
}

export function rateLimitName(callee: string): string {
  return `rate limit of ${callee}`
}

export function bulkheadName(callee: string): string {
  return `bulkhead of ${callee}`
}

/** A leak of the pools of an instance. */
export interface PoolLeak extends Leak {
  /** The block to which the connections are; undefined for all. */
  readonly to: string | undefined
}

/** The guarded ways from a block to all blocks that it calls: all its calls to one of them share them. */
export class Passages {
  private readonly known = new Map<string, CalleePassages>()
  private readonly simulation: Simulation
  private readonly instances: number
  private readonly measured: {
    readonly resources: Resource[]
    readonly queues: Queue[]
    readonly counters: Counter[]
  }

  /** @param measured takes the resources, queues and counters of each that is made */
  constructor(simulation: Simulation, instances: number, measured: Passages['measured']) {
    this.simulation = simulation
    this.instances = instances
    this.measured = measured
  }

  to(block: Receiver, values: CallValues): CalleePassages | undefined {
    const { block: name } = block.visits
    const known = this.known.get(name)
    if (known !== undefined) return known
    const passages = passagesTo(this.simulation, values, block, this.instances)
    if (passages === undefined) return undefined
    this.known.set(name, passages)
    this.measured.resources.push(...passages.resources)
    this.measured.queues.push(...passages.queues)
    this.measured.counters.push(...passages.counters)
    return passages
  }

  /** Those to a block that have been made. */
  knownTo({ visits }: Receiver): CalleePassages | undefined {
    return this.known.get(visits.block)
  }

  /** Forgets what the process of an instance knows. */
  forget(instance: number): void {
    for (const passages of this.known.values()) passages.forget(instance)
  }

  /** Makes the pools of an instance lose connections, or the one to a block. @returns what ends that */
  leak(instance: number, { to, ...leak }: PoolLeak): () => void {
    const ends = [...this.known].flatMap(([name, passages]) =>
      to === undefined || to === name ? [passages.leak(instance, leak)] : [],
    )
    return () => {
      for (const end of ends) end()
    }
  }

  /** Gives back the connections that an instance had lost: its process has ended, and all its calls. */
  reclaim(instance: number): void {
    for (const passages of this.known.values()) passages.reclaim(instance)
  }
}

/** The ways of so many instances to a block; undefined if nothing guards them. */
export function passagesTo(
  simulation: Simulation,
  values: CallValues,
  to: Receiver,
  instances: number,
): CalleePassages | undefined {
  const options = passageOptionsOf(values)
  return options && new CalleePassages(simulation, to, options, instances)
}

function passageOptionsOf(values: CallValues): PassageOptions | undefined {
  const { breaker, 'rate-limit': rateLimit, bulkhead, pool, retry } = values
  const retryBudget = retry?.budget
  if ([breaker, rateLimit, bulkhead, pool, retryBudget].every((guard) => guard === undefined)) return undefined
  return {
    breaker: breaker && {
      opens:
        typeof breaker.opens === 'number'
          ? { share: breaker.opens, windowMs: breaker.window, calls: breaker['least-calls'] }
          : { failures: breaker.opens.k, last: breaker.opens.n },
      forMs: breaker.for,
      trials: breaker.trials,
    },
    rateLimit,
    bulkhead: bulkhead && { calls: bulkhead.calls, limit: boundOf(bulkhead.limit) },
    pool: pool && {
      connections: pool.connections,
      timeoutMs: pool.timeout ?? Number.POSITIVE_INFINITY,
      limit: boundOf(pool.limit),
    },
    retryBudget,
  }
}

function boundOf(limit: number | 'unlimited'): number {
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : limit
}

/** What is measured of guarded calls: the guards that an objective may ask of. */
export function measuredOfCalls(values: CallValues): readonly MeasuredGuard[] {
  const options = passageOptionsOf(values)
  if (options === undefined) return []
  return [
    'guards',
    ...(options.breaker === undefined ? [] : ['breaker' as const]),
    ...(options.pool === undefined ? [] : ['pool' as const]),
    ...(options.retryBudget === undefined ? [] : ['retry-budget' as const]),
  ]
}

/** What a measure of calls may need: any guard, or one of these. */
export type MeasuredGuard = 'guards' | 'breaker' | 'pool' | 'retry-budget'
