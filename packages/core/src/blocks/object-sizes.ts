import { KeyedRandom } from '../kernel/random.ts'
import type { ChosenDistribution, Sampler } from '../support/distributions/distribution.ts'
import { createSampler } from '../support/distributions/index.ts'
import type { Site } from './block.ts'

/** Size of an object where neither the design nor a trace says. */
const usualSize: ChosenDistribution = { name: 'constant', values: { value: 1024 } }

/** Sizes of stored objects, the same for the same key in every replication: drawn from a distribution or, without one, recorded. */
export class ObjectSizes {
  readonly meanBytes: number
  /** Whether all are of one size. */
  readonly areAlike: boolean
  private readonly recorded: Float64Array | null
  private readonly distribution: Sampler
  private readonly random: KeyedRandom
  private readonly hash: number

  constructor(distribution: ChosenDistribution | undefined, { simulation, hash, recordedSizes }: ObjectSite) {
    this.recorded = distribution === undefined ? recordedSizes : null
    this.distribution = createSampler(distribution ?? usualSize)
    this.meanBytes = this.recorded === null ? this.distribution.mean : mean(this.recorded)
    this.areAlike = this.recorded === null && this.distribution.constant !== undefined
    this.random = new KeyedRandom(simulation.seed, 0)
    this.hash = hash
  }

  /** Size of the object stored under `key`, in bytes. */
  of(key: number): number {
    return (
      this.recorded?.[key - 1] ??
      this.distribution.constant ??
      this.distribution.sample(this.random.at(key, 0, this.hash))
    )
  }
}

type ObjectSite = Pick<Site, 'simulation' | 'hash' | 'recordedSizes'>

/** Mean size of an object, as far as the design alone tells it. */
export function expectedBytes(distribution: ChosenDistribution | undefined): number {
  return createSampler(distribution ?? usualSize).mean
}

function mean(sizes: Float64Array): number {
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length
}
