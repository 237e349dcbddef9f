import type { Copy } from '../kernel/copy.ts'
import type { Block } from './block.ts'
import type { ObjectSizes } from './object-sizes.ts'
import type { PassThrough } from './pass-through.ts'
import type { KeptBefore, Versions } from './versions.ts'

/** What can be read at a block: for blocks that keep its answers. */
export interface DataSource {
  /** What a read of a key would be shown now; with `kept`, what one before the start has been shown and kept. */
  copyOf(operation: number, key: number, kept?: KeptBefore): Copy | null
  /** When what it stores, or what is stored behind it, has changed; of several stores, each. */
  readonly stores: readonly Versions[]
  /** Sizes of what an operation answers with, as far as they are known. */
  sizesOf(operation: number): ObjectSizes | undefined
}

/** A block behind another one that hands calls on to it as they are. */
export interface Behind {
  readonly block: Block
  readonly route: PassThrough
}

/** The data of a block that only hands calls on: what the first block behind it that can says. They are alike. */
export class DataBehind implements DataSource {
  private readonly behind: () => readonly Behind[]

  /** @param behind asked when all blocks exist */
  constructor(behind: () => readonly Behind[]) {
    this.behind = behind
  }

  get stores(): readonly Versions[] {
    return [...new Set(this.behind().flatMap(({ block }) => block.data?.stores ?? []))]
  }

  copyOf(operation: number, key: number, kept?: KeptBefore): Copy | null {
    return this.told((data, there) => data.copyOf(there, key, kept), operation) ?? null
  }

  sizesOf(operation: number): ObjectSizes | undefined {
    return this.told((data, there) => data.sizesOf(there), operation)
  }

  private told<T>(ask: (data: DataSource, operation: number) => T | undefined, operation: number): T | undefined {
    for (const { block, route } of this.behind()) {
      const told = block.data && ask(block.data, route.translate(operation))
      if (told !== undefined) return told
    }
    return undefined
  }
}
