import type { Call, CancelScope } from '../../../kernel/call.ts'
import type { Copy } from '../../../kernel/copy.ts'
import { type Outcome, ok } from '../../../kernel/outcome.ts'
import { hashName, hashPair } from '../../../kernel/random.ts'
import type { Sampler } from '../../../support/distributions/distribution.ts'
import type { Block, Site } from '../../block.ts'
import { ObjectSizes } from '../../object-sizes.ts'
import { PassThrough } from '../../pass-through.ts'
import { type KeptBefore, ResultCopy, storesShownBy, type Versions } from '../../versions.ts'
import { Travel } from '../flow/travel.ts'
import type { CacheValues } from '../params.ts'
import { EntryNumbers } from '../shelf/entry-numbers.ts'
import { EntrySizes } from '../shelf/entry-sizes.ts'
import { readsOf } from './endpoints.ts'

// The word seeds the draws: another one would change every result with a CDN.
const latencySite = hashName('haul')

export const read = 0
export const write = 1
/** Operations from here on are endpoints of the origin: first those whose answers are kept, if there are several. */
export const others = 2

/** Makes a call before the start. @returns how long it takes, ms */
type Send = (call: Call) => number

/** What a cache stands in front of, and how it is asked. */
export class Origin {
  private readonly values: CacheValues
  private readonly site: Site
  private readonly route: PassThrough
  /** Of what is kept. */
  readonly numbers: EntryNumbers
  /** Number of the first operation that passes. */
  private readonly passing: number
  /** Numbers at the origin of its endpoints that are read, and of a write: it need not have one that nobody requests. */
  private reads: readonly number[] = []
  private write = -1
  private connected: Block | null = null
  private objects: EntrySizes | null = null
  private storesBehind: readonly Versions[] | null = null
  /** Calls sent, bytes answered, and of both those of reads of entries. The others pass uncached. */
  calls = 0
  bytes = 0
  fetches = 0
  bytesFetched = 0
  /** Answers that what the cache has is still good. */
  notModified = 0
  /** The trip to the origin, one way, where it is far. */
  readonly latency: Sampler | null
  private readonly travel: Travel | null
  /** How calls before the start are made there: by endpoint those that read, and those that write. */
  readonly recalls: { readonly reads: (Send | undefined)[]; write: Send | undefined } = { reads: [], write: undefined }
  private replied: ((call: Call, outcome: Outcome) => void) | null = null

  constructor(values: CacheValues, site: Site, latency: Sampler | null) {
    this.values = values
    this.site = site
    this.latency = latency
    this.travel = latency === null ? null : new Travel(site.simulation, hashPair(site.hash, latencySite))
    this.route = new PassThrough(() => site.block(values.of.block))
    const asked = readsOf(values).filter((name) => values.endpoints === undefined || site.isAsked(name))
    this.numbers = new EntryNumbers(asked.length === 0 ? readsOf(values).slice(0, 1) : asked)
    this.passing = others + (this.numbers.count === 1 ? 0 : this.numbers.count)
  }

  connect(): void {
    const { of, endpoints } = this.values
    const block = this.site.block(of.block)
    this.connected = block
    const names = endpoints === undefined ? [of.operation ?? 'read'] : this.numbers.names
    this.reads = names.map((name) => block.operation(name, undefined))
    if (endpoints === undefined) this.write = block.operation('write', undefined)
  }

  get block(): Block {
    return this.connected as Block
  }

  /** Sizes of what is kept: those that the author says, or those of what is answered behind. */
  get sizes(): EntrySizes {
    if (this.objects !== null) return this.objects
    const { numbers, site } = this
    const own = this.values['object-size']
    const sizes = this.reads.map(
      (number) => (own === undefined ? this.block.data?.sizesOf(number) : undefined) ?? new ObjectSizes(own, site),
    )
    this.objects = new EntrySizes(numbers, sizes)
    return this.objects
  }

  /** Sizes of what an operation of the cache answers with, as far as they are known. */
  sizesOf(operation: number): ObjectSizes | undefined {
    if (this.values.endpoints !== undefined && operation >= this.passing)
      return this.block.data?.sizesOf(this.route.translate(operation - this.passing))
    return this.sizes.byEndpoint[Math.max(0, operation - others)]
  }

  /** Whether what is read at an endpoint is made of several objects, under a key of its own. */
  isResult(endpoint: number): boolean {
    return this.copyOf(read, this.numbers.of(endpoint, 1)) instanceof ResultCopy
  }

  /** When what is stored there has changed, in every store. */
  get stores(): readonly Versions[] {
    this.storesBehind ??= this.site.block(this.values.of.block).data?.stores ?? []
    return this.storesBehind
  }

  /** Of the store that matters for an endpoint: the first that can change, of those that its answers show. */
  versionsOf(endpoint: number): Versions | undefined {
    const { stores, numbers, values } = this
    const shown = values.endpoints === undefined ? stores : storesShownBy(this.copyOf(read, numbers.of(endpoint, 1)))
    return shown.find(({ canChange }) => canChange) ?? shown[0]
  }

  /** What a read of an entry, or another operation, is there. */
  numberOf(operation: number, entry: number): number {
    if (operation === read) return this.reads[this.numbers.endpointOf(entry)] as number
    return operation === write ? this.write : this.route.translate(operation - this.passing)
  }

  /** Number, at the cache, of an operation. */
  operation(name: string, kind: string | undefined): number {
    const endpoint = this.numbers.names.indexOf(name)
    if (endpoint >= 0) return this.numbers.count === 1 ? read : others + endpoint
    if (name === 'write' && this.values.endpoints === undefined) return write
    return this.passing + this.route.operation(name, kind)
  }

  /** Makes a call that reads one of several endpoints a read of the entry. */
  enter(call: Call): void {
    if (call.operation < others || call.operation >= this.passing) return
    call.key = this.numbers.of(call.operation - others, call.key)
    call.operation = read
  }

  /** The same of an operation and a key. */
  entered(operation: number, key: number): { readonly operation: number; readonly entry: number } {
    if (operation < others || operation >= this.passing) return { operation, entry: key }
    return { operation: read, entry: this.numbers.of(operation - others, key) }
  }

  /** What a read of an entry would be shown, or another operation for a key. */
  copyOf(operation: number, entry: number, kept?: KeptBefore): Copy | null {
    const key = operation === read ? this.numbers.keyOf(entry) : entry
    return this.block.data?.copyOf(this.numberOf(operation, entry), key, kept) ?? null
  }

  /** Sends on a call that waits at the cache; `replied` runs when the answer is there. */
  send(call: Call, replied: (call: Call, outcome: Outcome) => void): void {
    this.calls++
    if (call.operation === read) this.fetches++
    this.replied = replied
    if (this.travel === null) this.leave(call)
    else this.travel.start(call, this.latency as Sampler, 'there', this.leave)
  }

  private readonly leave = (call: Call): void => {
    const { block } = this
    const { calls } = this.site.simulation
    const child = calls.makeInPlaceOf(call)
    child.operation = this.numberOf(call.operation, call.key)
    if (call.operation === read) child.key = this.numbers.keyOf(call.key)
    this.site.simulation.send(child, block, this.answered)
  }

  private readonly answered = (call: Call, child: Call, outcome: Outcome): void => {
    call.child = null
    call.failure = outcome
    call.replyBytes = this.count(call, child, child.replyBytes, outcome)
    if (this.travel === null) this.arrived(call)
    else this.travel.start(call, this.latency as Sampler, 'back', this.arrived)
  }

  /** Notes the answer to a call that the cache made by itself. */
  note(operation: number, frame: Call, outcome: Outcome): void {
    this.calls++
    if (operation === read) this.fetches++
    this.count({ operation, key: frame.key }, frame, frame.receivedBytes, outcome)
  }

  /** Counts the bytes of an answer to a read of an entry, or to another call. @returns those of what the cache then has. */
  private count(
    { operation, key }: Pick<Call, 'operation' | 'key'>,
    { copy, notModified }: Call,
    bytes: number,
    outcome: Outcome,
  ): number {
    const isObject = operation === read && outcome === ok && copy?.absent !== true
    if (isObject && notModified) this.notModified++
    // An object has one size: the one this cache gives for it, else the one that is answered, else the usual one.
    const isOwn = isObject && (bytes === 0 || this.values['object-size'] !== undefined)
    const known = isOwn ? this.sizes.of(key) : bytes
    this.bytes += known
    if (operation === read) this.bytesFetched += known
    return isObject && notModified ? this.sizes.of(key) : known
  }

  private readonly arrived = (call: Call): void => {
    const { failure } = call
    call.failure = 0
    ;(this.replied as (call: Call, outcome: Outcome) => void)(call, failure)
  }

  /** Cancels what was sent on. @returns whether it is gone. */
  takeBack(call: Call, child: Call, scope: CancelScope): boolean {
    const gone = this.site.simulation.takeBack(child, scope)
    if (gone) call.child = null
    return gone
  }
}
