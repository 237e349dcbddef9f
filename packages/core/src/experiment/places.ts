import type { Subject } from '../language/design.ts'
import type { LatencyHistogram } from '../stats/histogram.ts'
import type { BlockHistogram, Replicate } from './task.ts'

/**
 * Numbers by which what was measured is read: a block by its position in name order, an instance that was measured apart
 * by a number behind those of the blocks. What reads a block so reads an instance.
 */
export class Places {
  private readonly blocks: readonly string[]
  private readonly first: Replicate | undefined

  constructor(blocks: readonly string[], first: Replicate | undefined) {
    this.blocks = blocks
    this.first = first
  }

  /** The number of a block, or of one of its instances; -1 if it is not measured. */
  of({ block, instance }: Extract<Subject, { kind: 'block' }>): number {
    const index = this.blocks.indexOf(block)
    return instance === undefined ? index : this.ofInstance(index, instance)
  }

  /** The number of an instance of a block, from 1; -1 if it is not measured. */
  ofInstance(block: number, instance: number | 'fullest'): number {
    const wanted = instance === 'fullest' ? instance : instance - 1
    const at = (this.first?.instances ?? []).findIndex((one) => one.block === block && one.instance === wanted)
    return at < 0 ? -1 : this.blocks.length + at
  }

  /** The block of an instance; a block is its own. */
  owner(place: number): number {
    return this.first?.instances[place - this.blocks.length]?.block ?? place
  }

  /** Names of what a block has; an instance has what its block has. */
  names(place: number): Replicate['names'][number] | undefined {
    return this.first?.names[this.owner(place)]
  }

  /** Capacity of a resource; what an instance uses is measured per unit of it. */
  capacity(place: number, resource: number): number | undefined {
    const capacity = this.first?.capacities[this.owner(place)]?.[resource]
    return capacity === undefined || place < this.blocks.length ? capacity : 1
  }

  /** Position of a counter, -1 if none of that name is kept. */
  counter(place: number, name: string): number {
    const counters = this.first?.instances[place - this.blocks.length]?.counters ?? this.names(place)?.counters
    return counters?.indexOf(name) ?? -1
  }

  /** A distribution of a replication, encoded; null if it was not kept. */
  histogram({ histograms, instances }: Replicate, place: number, of: BlockHistogram): Encoded | null {
    return (instances[place - this.blocks.length]?.histograms ?? histograms[place])?.[of] ?? null
  }
}

type Encoded = Parameters<typeof LatencyHistogram.decode>[0]
