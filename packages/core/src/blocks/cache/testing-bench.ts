import type { Call } from '../../kernel/call.ts'
import type { Outcome } from '../../kernel/outcome.ts'
import { hashName } from '../../kernel/random.ts'
import { Simulation } from '../../kernel/simulation.ts'
import type { CallsFound } from '../../kernel/visits.ts'
import { ln } from '../../support/elementary.ts'
import type { Block, Site } from '../block.ts'
import { database } from '../database/database.ts'
import type { DatabaseValues } from '../database/params.ts'
import { cache } from './cache.ts'
import type { Caches } from './caches.ts'
import type { CacheValues } from './params.ts'
import type { Lifetimes } from './shelf/lifetimes.ts'

export const constant = (value: number) => ({ name: 'constant', values: { value } })

/** Of entries that stay until they are evicted. */
export const forEver: Lifetimes = {
  ttlMs: Number.POSITIVE_INFINITY,
  jitter: 0,
  sliding: false,
  graceMs: 0,
  renewFrom: Number.POSITIVE_INFINITY,
  absentMs: 0,
}

export const databaseValues: DatabaseValues = {
  connections: 'unlimited',
  workers: 'unlimited',
  cores: 1000,
  limit: 'unlimited',
  read: constant(10),
  write: constant(20),
  flush: undefined,
  operations: { search: constant(50) },
  'object-size': constant(1000),
  throughput: undefined,
  tables: 1,
  absent: 0,
  buffer: undefined,
  disk: undefined,
  price: undefined,
}

export const cacheValues: CacheValues = {
  of: { block: 'origin' },
  update: { name: 'cache-aside', values: {} },
  writes: undefined,
  eviction: { name: 'lru', values: {} },
  capacity: { unit: 'entries', amount: 1000 },
  instances: 1,
  spread: { name: 'ring', values: { 'virtual-nodes': 160 } },
  per: undefined,
  ttl: undefined,
  'ttl-jitter': 0,
  expiry: 'absolute',
  'stale-while-revalidate': undefined,
  'negative-ttl': undefined,
  invalidation: undefined,
  'when-down': 'refuse',
  'single-flight': 'none',
  start: 'empty',
  compute: constant(1),
  cores: 1000,
  workers: 'unlimited',
  'object-size': undefined,
  price: undefined,
}

export interface Answer {
  readonly outcome: Outcome
  readonly atMs: number
  readonly bytes: number
}

/** A cache in front of a database, and calls to it. */
export class Bench {
  readonly simulation = new Simulation({
    seed: 7,
    replication: 0,
    kinds: [{ source: 'test', name: 'test', index: 0 }],
    workFactor: 1,
    tracer: null,
  })
  readonly cache: Caches
  readonly origin: Block
  readonly open: Call[] = []

  constructor(
    own: Partial<CacheValues> = {},
    origin: Partial<DatabaseValues> = {},
    stream: Partial<Pick<Site, 'keyStream' | 'expectedRate' | 'isAsked' | 'popularity'>> = {},
  ) {
    const blocks: Record<string, Block> = {}
    const site = (name: string, index: number): Site => ({
      name,
      index,
      simulation: this.simulation,
      hash: hashName(name),
      instancesToCome: null,
      faulty: true,
      block: (wanted) => blocks[wanted] as Block,
      repeating: () => ({ isIdempotent: true, refusers: [] }),
      isAsked: () => false,
      sessions: 0,
      expectedRate: () => 0,
      keyStream: () => null,
      popularity: () => null,
      startMs: 0,
      isEmptiedAtStart: false,
      recordedSizes: null,
      messageStream: () => () => undefined,
      ...stream,
    })
    this.origin = database.create({ ...databaseValues, ...origin }, site('origin', 0))
    this.cache = cache.create({ ...cacheValues, ...own }, site('album', 1))
    Object.assign(blocks, { origin: this.origin, album: this.cache })
    this.cache.connect()
    this.origin.warm?.()
    this.cache.warm()
    this.origin.allWarm?.()
    this.cache.allWarm()
    this.cache.start()
  }

  /** Sends a call at a time; `answered` is told the outcome of it. */
  ask(atMs: number, key: number, operation: string, answered: (answer: Answer) => void = () => {}): void {
    const { calls, agenda } = this.simulation
    const caller = calls.fresh()
    caller.key = key
    caller.request = this.open.length
    const send = () => {
      const call = calls.make(caller)
      call.operation = this.cache.operation(operation, undefined)
      caller.child = call
      this.simulation.send(call, this.cache, (_, child, outcome) => {
        caller.child = null
        answered({ outcome, atMs: agenda.nowMs, bytes: child.replyBytes })
      })
    }
    this.open.push(caller)
    agenda.at(atMs, send, caller)
  }

  at(atMs: number, act: () => void): void {
    this.simulation.agenda.at(atMs, act, { generation: 0 })
  }

  /** Runs to the end, or to a time. */
  run(untilMs = Number.POSITIVE_INFINITY): void {
    this.simulation.agenda.runUntil(untilMs, 1e8)
    const now = this.simulation.agenda.nowMs
    const found = this.simulation.calls.insideOf(2)
    for (const { visits } of [this.cache, this.origin]) visits.check(now, found[visits.index] as CallsFound)
    this.cache.verify()
  }

  /** What each call was answered, in the order asked; null for none. */
  answers(asked: readonly (readonly [atMs: number, key: number, operation?: string])[]): (Answer | null)[] {
    const answers: (Answer | null)[] = asked.map(() => null)
    asked.forEach(([atMs, key, operation = 'read'], i) => {
      this.ask(atMs, key, operation, (answer) => {
        answers[i] = answer
      })
    })
    this.run()
    return answers
  }

  /** What the first node holds. */
  get shelf() {
    return this.cache.nodes.at(0).shelf
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.cache.counters.map(({ name, read }) => [name, read(this.simulation.agenda.nowMs)]))
  }
}

/** Asks a bench for keys as a Poisson stream; the hit ratio of all but the first tenth. */
export function hitRatio(bench: Bench, perMs: number, requests: number, key: () => number): number {
  const stream = bench.simulation.stream('test')
  let asked = 0
  let { hits, misses } = { hits: 0, misses: 0 }
  const frame = { generation: 0 }
  const caller = bench.simulation.calls.fresh()
  const next = () => {
    if (asked++ === requests) return
    if (asked === Math.ceil(requests / 10)) ({ hits, misses } = bench.counts() as { hits: number; misses: number })
    caller.key = key()
    caller.request = asked
    const call = bench.simulation.calls.make(caller)
    call.operation = 0
    bench.simulation.send(call, bench.cache, () => {})
    bench.simulation.agenda.after(-ln(stream.next()) / perMs, next, frame)
  }
  next()
  bench.run()
  const end = bench.counts()
  const counted = (end.hits as number) - hits
  return counted / (counted + (end.misses as number) - misses)
}

export const changing = { isAsked: () => true }
export const instant = { read: constant(0), write: constant(0) }
export const idle = { compute: constant(0) }
export const update = (name: string, values: Record<string, unknown> = {}) => ({ update: { name, values } })

/** A stream of reads and writes of keys at random; the outcome of them is in the counts. */
export function traffic(
  bench: Bench,
  { calls, perMs, keys, writeShare }: Record<'calls' | 'perMs' | 'keys' | 'writeShare', number>,
) {
  const stream = bench.simulation.stream('traffic')
  let atMs = 0
  for (let i = 0; i < calls; i++) {
    atMs -= ln(stream.next()) / perMs
    bench.ask(atMs, stream.below(keys), stream.next() < writeShare ? 'write' : 'read')
  }
  bench.run()
  return bench.counts() as Record<string, number>
}
