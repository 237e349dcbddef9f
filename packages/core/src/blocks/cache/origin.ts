import type { Call, Extent, OnReply } from '../../kernel/call.ts'
import type { Copy } from '../../kernel/copy.ts'
import type { Block, Site } from '../block.ts'
import { ObjectSizes } from '../object-sizes.ts'
import { PassThrough } from '../pass-through.ts'
import type { Versions } from '../versions.ts'
import type { CacheValues } from './params.ts'

export const read = 0
export const write = 1
/** Operations from here on are the origin's own. */
export const others = 2

/** Size of an object where neither the cache nor the origin says. */
const usualBytes = { name: 'constant', values: { value: 1024 } }

/** What a cache stands in front of, and how it is asked. */
export class Origin {
  private readonly values: CacheValues
  private readonly site: Site
  private readonly route: PassThrough
  /** Numbers of read and write at the origin. */
  private operations: readonly number[] = []
  private connected: Block | null = null
  private objects: ObjectSizes | null = null

  constructor(values: CacheValues, site: Site) {
    this.values = values
    this.site = site
    this.route = new PassThrough(() => site.block(values.of.block))
  }

  connect(): void {
    const { of, 'object-size': own } = this.values
    const block = this.site.block(of.block)
    this.connected = block
    this.operations = [of.operation ?? 'read', 'write'].map((name) => block.operation(name, undefined))
    if (own === undefined && 'sizes' in block && block.sizes instanceof ObjectSizes) this.objects = block.sizes
    else this.objects = new ObjectSizes(own ?? usualBytes, this.site.simulation.seed, this.site.hash)
  }

  get block(): Block {
    return this.connected as Block
  }

  get sizes(): ObjectSizes {
    return this.objects as ObjectSizes
  }

  /** When what is stored there has changed. */
  get versions(): Versions | undefined {
    return this.site.block(this.values.of.block).versions
  }

  /** What a read or a write is there. */
  numberOf(operation: number): number {
    return operation < others ? (this.operations[operation] as number) : this.route.translate(operation - others)
  }

  /** Number, at the cache, of an operation that only the origin has. */
  operation(name: string, kind: string | undefined): number {
    return others + this.route.operation(name, kind)
  }

  copyOf(operation: number, key: number): Copy | null {
    return this.block.copyOf?.(this.numberOf(operation), key) ?? null
  }

  /** Sends on a call that waits at the cache. */
  send(call: Call, replied: OnReply): void {
    const { block } = this
    const { calls } = this.site.simulation
    const child = calls.makeInPlaceOf(call)
    child.operation = this.numberOf(call.operation)
    if (block.gate === undefined) this.site.simulation.send(child, block, replied)
    else block.gate.acquire(child, block, replied)
  }

  /** Takes back what was sent on. @returns whether it is gone. */
  takeBack(call: Call, child: Call, extent: Extent): boolean {
    const gone =
      child.receiver === null ? this.block.gate?.unqueue(child) === true : child.receiver.withdraw(child, extent)
    if (gone) call.child = null
    return gone
  }
}
