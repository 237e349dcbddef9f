import type { ObjectSizes } from '../../object-sizes.ts'
import type { EntryNumbers } from './entry-numbers.ts'

/** Sizes of the entries of a cache, by the endpoint that answers. */
export class EntrySizes {
  /** Whether all are of one size. */
  readonly areAlike: boolean
  readonly byEndpoint: readonly ObjectSizes[]
  private readonly numbers: EntryNumbers

  constructor(numbers: EntryNumbers, byEndpoint: readonly ObjectSizes[]) {
    this.numbers = numbers
    this.byEndpoint = byEndpoint
    this.areAlike = byEndpoint.every(({ areAlike, meanBytes }) => areAlike && meanBytes === byEndpoint[0]?.meanBytes)
  }

  /** Size of an entry, in bytes. */
  of(entry: number): number {
    const { numbers } = this
    return (this.byEndpoint[numbers.endpointOf(entry)] as ObjectSizes).of(numbers.keyOf(entry))
  }
}
