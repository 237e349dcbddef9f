import type { EntryNumbers } from '../shelf/entry-numbers.ts'
import type { StandIns } from './stand-ins.ts'

/** Entries of a large cache that stand for others of the same endpoint. */
export class EntryStandIns {
  private readonly numbers: EntryNumbers
  /** By endpoint, of its keys. */
  readonly byEndpoint: readonly StandIns[]

  constructor(numbers: EntryNumbers, byEndpoint: readonly StandIns[]) {
    this.numbers = numbers
    this.byEndpoint = byEndpoint
  }

  /** How many keys stand for themselves alone. */
  get alone(): number {
    return (this.byEndpoint[0] as StandIns).alone
  }

  get size(): number {
    return this.byEndpoint.reduce((sum, { size }) => sum + size, 0)
  }

  /** The entry that stands for this one. */
  of(entry: number): number {
    const { numbers } = this
    const endpoint = numbers.endpointOf(entry)
    return numbers.of(endpoint, this.at(endpoint).of(numbers.keyOf(entry)))
  }

  /** Entries that a stand-in stands for, itself among them. */
  countOf(standIn: number): number {
    const { numbers } = this
    return this.at(numbers.endpointOf(standIn)).countOf(numbers.keyOf(standIn))
  }

  /** Runs `each` for every stand-in, endpoint by endpoint. */
  forEach(each: (standIn: number, count: number) => void): void {
    this.byEndpoint.forEach((standIns, endpoint) => {
      standIns.forEach((key, count) => void each(this.numbers.of(endpoint, key), count))
    })
  }

  private at(endpoint: number): StandIns {
    return this.byEndpoint[endpoint] as StandIns
  }
}
