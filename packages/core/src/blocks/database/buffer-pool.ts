import type { Counter } from '../../kernel/measured.ts'
import { hashName, hashPair } from '../../kernel/random.ts'
import type { Sampler } from '../../support/distributions/distribution.ts'
import type { Site } from '../block.ts'
import { evictions } from '../cache/eviction/index.ts'
import { warm } from '../cache/long-run/warming.ts'
import { Entries } from '../cache/shelf/entries.ts'
import type { ObjectSizes } from '../object-sizes.ts'
import type { DatabaseValues } from './params.ts'

const diskSite = hashName('disk')

/** What a database has in memory of its objects; the rest it reads from disk when it is requested. */
export class BufferPool {
  readonly counters: readonly Counter[]
  private readonly values: NonNullable<DatabaseValues['buffer']>
  private readonly site: Site
  private readonly sizes: ObjectSizes
  private readonly entries: Entries
  private readonly disk: Sampler
  private hits = 0
  private misses = 0

  constructor(values: NonNullable<DatabaseValues['buffer']>, disk: Sampler, site: Site, sizes: ObjectSizes) {
    this.values = values
    this.site = site
    this.sizes = sizes
    this.disk = disk
    const policy = evictions.get(values.eviction.name)
    this.entries = new Entries({
      capacity: values.capacity.amount,
      evictor: (slots) => policy.create(values.eviction.values, slots),
      random: site.simulation.stream(`eviction of ${site.name}`),
    })
    this.counters = [
      { name: 'hits', read: () => this.hits },
      { name: 'misses', read: () => this.misses },
    ]
  }

  /** Time on disk until the object of a call is in memory, ms. */
  diskMs(call: { readonly key: number; readonly request: number; readonly callPath: number }): number {
    const { entries, disk, site } = this
    if (entries.get(call.key, 0) >= 0) {
      this.hits++
      return 0
    }
    this.misses++
    entries.put(call.key, this.weightOf(call.key), 1)
    return (
      disk.constant ??
      disk.sample(site.simulation.random.at(call.request, call.callPath, hashPair(site.hash, diskSite)))
    )
  }

  /** Fills it with what its stream of reads would have left in it. */
  warm(): void {
    const draw = this.site.keyStream('read')
    if (draw === null) return
    const { entries, values } = this
    const { unit, amount } = values.capacity
    const pool = {
      find: (key: number) => entries.get(key, 0),
      fill: (key: number, weight: number) => void entries.put(key, weight, 1),
      expired: 0,
      get replaced() {
        return entries.evicted + entries.refused
      },
      isLate: () => false,
      has: () => false,
      drop() {},
      setAges() {},
      resetCounts: () => entries.resetCounts(),
    }
    warm(pool, {
      draw,
      perMs: 0,
      ttlMs: Number.POSITIVE_INFINITY,
      weightOf: (key) => this.weightOf(key),
      entries: unit === 'entries' ? amount : amount / this.sizes.meanBytes,
      settledWhenFull: evictions.get(values.eviction.name).settledWhenFull === true,
      random: this.site.simulation.stream(`warming of ${this.site.name}`),
      most: this.site.simulation.mostEvents,
    })
  }

  /** A crash empties it. */
  clear(): void {
    this.entries.clear()
  }

  verify(): void {
    this.entries.verify()
  }

  private weightOf(key: number): number {
    return this.values.capacity.unit === 'entries' ? 1 : Math.max(1, Math.ceil(this.sizes.of(key)))
  }
}
