import { KeyedChance } from '../kernel/chance.ts'
import { createSampler } from '../support/laws/index.ts'
import type { ChosenLaw, Sampler } from '../support/laws/law.ts'
import type { Site } from './block.ts'

/** Size of an object where neither the design nor a trace says. */
const usualSize: ChosenLaw = { name: 'constant', values: { value: 1024 } }

/** Sizes of stored objects, the same for the same key in every replication: drawn from a law or, without one, recorded. */
export class ObjectSizes {
  readonly meanBytes: number
  /** Whether all are of one size. */
  readonly areAlike: boolean
  private readonly recorded: Float64Array | null
  private readonly law: Sampler
  private readonly chance: KeyedChance
  private readonly hash: number

  constructor(law: ChosenLaw | undefined, { simulation, hash, recordedSizes }: ObjectSite) {
    this.recorded = law === undefined ? recordedSizes : null
    this.law = createSampler(law ?? usualSize)
    this.meanBytes = this.recorded === null ? this.law.mean : mean(this.recorded)
    this.areAlike = this.recorded === null && this.law.constant !== undefined
    this.chance = new KeyedChance(simulation.seed, 0)
    this.hash = hash
  }

  /** Size of the object stored under `key`, in bytes. */
  of(key: number): number {
    return this.recorded?.[key - 1] ?? this.law.constant ?? this.law.sample(this.chance.at(key, 0, this.hash))
  }
}

type ObjectSite = Pick<Site, 'simulation' | 'hash' | 'recordedSizes'>

/** Mean size of an object, as far as the design alone tells it. */
export function expectedBytes(law: ChosenLaw | undefined): number {
  return createSampler(law ?? usualSize).mean
}

function mean(sizes: Float64Array): number {
  return sizes.reduce((sum, size) => sum + size, 0) / sizes.length
}
