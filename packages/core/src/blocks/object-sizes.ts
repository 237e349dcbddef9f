import { KeyedChance } from '../kernel/chance.ts'
import { createSampler } from '../support/laws/index.ts'
import type { ChosenLaw, Sampler } from '../support/laws/law.ts'

/** Sizes of stored objects: drawn from a law, but always the same for the same key, in every replication. */
export class ObjectSizes {
  readonly meanBytes: number
  private readonly law: Sampler
  private readonly chance: KeyedChance
  private readonly hash: number

  constructor(law: ChosenLaw, seed: number, hash: number) {
    this.law = createSampler(law)
    this.meanBytes = this.law.mean
    this.chance = new KeyedChance(seed, 0)
    this.hash = hash
  }

  /** Size of the object stored under `key`, in bytes. */
  of(key: number): number {
    return this.law.constant ?? this.law.sample(this.chance.at(key, 0, this.hash))
  }
}
