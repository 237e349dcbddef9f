/**
 * Numbers of the entries of a cache that keeps answers of several endpoints under the same keys: one for each endpoint
 * and key. With one endpoint they are its keys.
 */
export class EntryNumbers {
  /** Operations of the cache whose answers are kept, in the order of their numbers here. */
  readonly names: readonly string[]
  readonly count: number

  /** @param names at least one */
  constructor(names: readonly string[]) {
    this.names = names
    this.count = names.length
  }

  /** @param endpoint its position among `names` */
  of(endpoint: number, key: number): number {
    return key * this.count + endpoint
  }

  keyOf(entry: number): number {
    return this.count === 1 ? entry : Math.floor(entry / this.count)
  }

  endpointOf(entry: number): number {
    return this.count === 1 ? 0 : entry % this.count
  }

  /** The entries under a key, one for each endpoint. */
  under(key: number): readonly number[] {
    return this.names.map((_, endpoint) => this.of(endpoint, key))
  }
}
