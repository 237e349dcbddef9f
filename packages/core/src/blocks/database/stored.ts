import type { Copy } from '../../kernel/copy.ts'
import { hashName, hashPair, KeyedRandom } from '../../kernel/random.ts'
import type { KOfN } from '../../support/params/k-of-n.ts'
import type { Site } from '../block.ts'
import { type KeptBefore, ObjectCopy, ResultCopy, type Versions } from '../versions.ts'
import { objectsOf } from './operations.ts'
import { type DatabaseValues, operationsOf } from './params.ts'

const absentSite = hashName('absent')
const objectSite = hashName('object of a result')

/** What a database has under its keys, as its answers show it. */
export class Stored {
  private readonly versions: Versions
  private readonly changes: boolean
  private readonly absentShare: number
  /** By operation: of how many objects its result is made, and out of how many; null where it is one object. */
  private readonly results: readonly (KOfN | null)[]
  private readonly random: KeyedRandom
  private readonly hash: number

  constructor(versions: Versions, values: DatabaseValues, site: Site) {
    this.versions = versions
    this.changes = site.isAsked('write')
    this.absentShare = values.absent
    this.results = operationsOf(values).map(([, operation]) => objectsOf(operation))
    this.random = new KeyedRandom(site.simulation.seed, 0)
    this.hash = site.hash
  }

  /** Whether nothing here can ever change or be missing: then nobody need be shown anything. */
  get isPlain(): boolean {
    return !this.changes && this.absentShare === 0
  }

  /** What an operation shows of a key; null where there is nothing that could change or be missing. */
  show(operation: number, key: number, keptBefore?: KeptBefore): Copy | null {
    const result = this.results[operation]
    if (result !== null && result !== undefined)
      return this.changes ? new ResultCopy(this.versions, this.objectsOf(key, result), keptBefore) : null
    if (operation > 1) return null
    const kept = keptBefore === undefined || !this.changes ? null : this.versions.keptOf(key, keptBefore)
    const version = kept?.version ?? (this.changes ? this.versions.inStore(key) : 0)
    const absent = version === 0 && this.isAbsent(key)
    return this.changes || absent ? new ObjectCopy(this.versions, key, version, absent, kept?.reached) : null
  }

  private isAbsent(key: number): boolean {
    return this.absentShare > 0 && this.random.at(key, 0, hashPair(this.hash, absentSite)).next() < this.absentShare
  }

  /** The same objects whenever the same key is requested, all of one table. */
  private objectsOf(key: number, { k, n }: KOfN): Float64Array {
    const { tables } = this.versions
    const perTable = Math.max(1, Math.floor(n / tables))
    const draws = this.random.at(key, 0, hashPair(this.hash, objectSite))
    const table = key % tables
    return Float64Array.from(
      { length: k },
      () => Math.floor(draws.next() * perTable) * tables + (table === 0 ? tables : table),
    )
  }
}
