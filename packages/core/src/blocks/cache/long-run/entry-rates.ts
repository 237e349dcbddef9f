import type { EntryNumbers } from '../shelf/entry-numbers.ts'
import { CallRates } from './call-rates.ts'
import type { KeyRates } from './key-rates.ts'
import type { PastCalls } from './past-calls.ts'

/** How often what happens to each entry of a cache, as far as the popularity of the keys of every endpoint is known. */
export class EntryRates {
  readonly byEndpoint: readonly CallRates[]
  /** Whether all of it is known. */
  readonly areKnown: boolean
  /** Entries that may be in. */
  readonly entries: number
  private readonly numbers: EntryNumbers

  constructor({ numbers, byEndpoint }: Pick<PastCalls, 'numbers' | 'byEndpoint'>) {
    this.numbers = numbers
    this.byEndpoint = byEndpoint.map((reads) => new CallRates(reads))
    this.areKnown = this.byEndpoint.every(({ areKnown }) => areKnown)
    this.entries = this.byEndpoint.reduce((sum, { keys }) => sum + keys, 0)
  }

  /** Of a node that sees so large a share of the calls. Written over by the next call for the same endpoint. */
  of(entry: number, share: number): KeyRates {
    const { numbers, byEndpoint } = this
    return (byEndpoint[numbers.endpointOf(entry)] as CallRates).of(numbers.keyOf(entry), share)
  }
}
