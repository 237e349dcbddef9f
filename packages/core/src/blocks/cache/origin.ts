import type { Call, CancelScope } from '../../kernel/call.ts'
import type { Copy } from '../../kernel/copy.ts'
import { type Outcome, ok } from '../../kernel/outcome.ts'
import { hashName, hashPair } from '../../kernel/random.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import type { Block, Site } from '../block.ts'
import { ObjectSizes } from '../object-sizes.ts'
import { PassThrough } from '../pass-through.ts'
import { type KeptBefore, ResultCopy, type Versions } from '../versions.ts'
import type { CacheValues } from './params.ts'
import { Travel } from './travel.ts'

// The word seeds the draws: another one would change every result with a CDN.
const latencySite = hashName('haul')

export const read = 0
export const write = 1
/** Operations from here on are the origin's own. */
export const others = 2

/** What a cache stands in front of, and how it is asked. */
export class Origin {
  private readonly values: CacheValues
  private readonly site: Site
  private readonly route: PassThrough
  /** Numbers of read and write at the origin, which need not have one that nobody requests. */
  private operations: readonly number[] = []
  private connected: Block | null = null
  private objects: ObjectSizes | null = null
  private storesBehind: readonly Versions[] | null = null
  /** Calls sent, bytes answered, and answers that what the cache has is still good. */
  calls = 0
  bytes = 0
  notModified = 0
  /** The trip to the origin, one way, where it is far. */
  readonly latency: Sampler | null
  private readonly travel: Travel | null
  /** By operation, how a call before the start is made there. */
  readonly recalls: (((call: Call) => number) | undefined)[] = []
  private replied: ((call: Call, outcome: Outcome) => void) | null = null

  constructor(values: CacheValues, site: Site, latency: Sampler | null) {
    this.values = values
    this.site = site
    this.latency = latency
    this.travel = latency === null ? null : new Travel(site.simulation, hashPair(site.hash, latencySite))
    this.route = new PassThrough(() => site.block(values.of.block))
  }

  connect(): void {
    const { of } = this.values
    const block = this.site.block(of.block)
    this.connected = block
    this.operations = [of.operation ?? 'read', 'write'].map((name) => block.operation(name, undefined))
  }

  get block(): Block {
    return this.connected as Block
  }

  /** Sizes of what is kept: those that the author says, or those of what is answered behind. */
  get sizes(): ObjectSizes {
    const own = this.values['object-size']
    const behind = () => (own === undefined ? this.block.sizesOf?.(this.numberOf(read)) : undefined)
    this.objects ??= behind() ?? new ObjectSizes(own, this.site)
    return this.objects
  }

  /** Whether what is read there is made of several objects, under a key of its own. */
  get isResult(): boolean {
    return this.copyOf(read, 1) instanceof ResultCopy
  }

  /** When what is stored there has changed, in every store. */
  get stores(): readonly Versions[] {
    this.storesBehind ??= this.site.block(this.values.of.block).stores ?? []
    return this.storesBehind
  }

  /** Of the store that matters: the first that can change. */
  get versions(): Versions | undefined {
    const { stores } = this
    return stores.find(({ canChange }) => canChange) ?? stores[0]
  }

  /** What a read or a write is there. */
  numberOf(operation: number): number {
    return operation < others ? (this.operations[operation] as number) : this.route.translate(operation - others)
  }

  /** Number, at the cache, of an operation that only the origin has. */
  operation(name: string, kind: string | undefined): number {
    return others + this.route.operation(name, kind)
  }

  copyOf(operation: number, key: number, kept?: KeptBefore): Copy | null {
    return this.block.copyOf?.(this.numberOf(operation), key, kept) ?? null
  }

  /** Sends on a call that waits at the cache; `replied` runs when the answer is there. */
  send(call: Call, replied: (call: Call, outcome: Outcome) => void): void {
    this.calls++
    this.replied = replied
    if (this.travel === null) this.leave(call)
    else this.travel.start(call, this.latency as Sampler, 'there', this.leave)
  }

  private readonly leave = (call: Call): void => {
    const { block } = this
    const { calls } = this.site.simulation
    const child = calls.makeInPlaceOf(call)
    child.operation = this.numberOf(call.operation)
    if (block.connectionLimit === undefined) this.site.simulation.send(child, block, this.answered)
    else block.connectionLimit.acquire(child, block, this.answered)
  }

  private readonly answered = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.failure = outcome
    call.replyBytes = this.count(call.operation, child, child.replyBytes, outcome)
    if (this.travel === null) this.arrived(call)
    else this.travel.start(call, this.latency as Sampler, 'back', this.arrived)
  }

  /** Notes the answer to a call that the cache made by itself. */
  note(operation: number, frame: Call, outcome: Outcome): void {
    this.calls++
    this.count(operation, frame, frame.receivedBytes, outcome)
  }

  /** Counts the bytes of an answer. @returns those of what the cache then has. */
  private count(operation: number, { key, copy, notModified }: Call, bytes: number, outcome: Outcome): number {
    const isObject = operation === read && outcome === ok && copy?.absent !== true
    if (isObject && notModified) this.notModified++
    // An object has one size: the one this cache gives for it, else the one that is answered, else the usual one.
    const isOwn = isObject && (bytes === 0 || this.values['object-size'] !== undefined)
    const known = isOwn ? this.sizes.of(key) : bytes
    this.bytes += known
    return isObject && notModified ? this.sizes.of(key) : known
  }

  private readonly arrived = (call: Call): void => {
    const { failure } = call
    call.failure = 0
    ;(this.replied as (call: Call, outcome: Outcome) => void)(call, failure)
  }

  /** Takes back what was sent on. @returns whether it is gone. */
  takeBack(call: Call, child: Call, scope: CancelScope): boolean {
    const gone =
      child.receiver === null
        ? this.block.connectionLimit?.unqueue(child) === true
        : child.receiver.cancel(child, scope)
    if (gone) call.child = null
    return gone
  }
}
