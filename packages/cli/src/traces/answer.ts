import type { Capacity, Inventory, Malformed } from '@loadpath/core/traces'
import type { Smallest } from './capacities.ts'

/** What `loadpath trace` answers; with `--json`, exactly this. Sizes in bytes, times in ms, ratios from 0 to 1. */
export interface TraceCacheAnswer {
  readonly schemaVersion: 1
  readonly trace: {
    readonly file: string
    readonly format: string
    readonly entryName: 'line' | 'record'
    /** Of these, passed over (headings, empty lines) and malformed. */
    readonly entries: number
    readonly passedOver: number
    readonly malformed: number
    readonly examples: readonly Malformed[]
    /** What an entry of this format is, in words. */
    readonly expected: string
    /** Requests of an access log that do more than read, which no cache answers. */
    readonly leftOut: number
    /** From the first request to the last; null where the trace tells no times. */
    readonly lengthMs: number | null
    /** False if Ctrl-C came before the end of the file. */
    readonly isWhole: boolean
  }
  /** Of a sample of the keys, what is estimated of all. */
  readonly inventory: Inventory
  /** The sample from which everything was estimated; null if all keys were taken. */
  readonly sample: SampleAnswer | null
  readonly policies: readonly PolicyAnswer[]
  /** By size, ascending. */
  readonly sizes: readonly SizeAnswer[]
  /** The whole curve of `lru` at 200 sizes, where one pass gives it: objects counted, not their bytes. */
  readonly curve: readonly { readonly entries: number; readonly hitRatio: number }[] | null
}

export interface SampleAnswer {
  /** The share of keys that was taken. */
  readonly share: number
  readonly requests: number
  readonly keys: number
  /** The smallest cache that it can stand for. */
  readonly smallest: Smallest
  /** Mean over the table of |estimate − truth| of hit ratios; null if it is not known. */
  readonly meanAbsoluteError: number | null
  /** Whether the truth was measured, or the error is itself estimated, from what the sample tells without each of ten parts. */
  readonly basis: 'full replay' | 'jackknife' | 'unknown'
}

export interface PolicyAnswer {
  /** As one writes it in a design. */
  readonly written: string
  readonly name: string
  /** Out of competition: it is told what comes next, and is the bound for the others. */
  readonly needsFuture: boolean
}

export interface SizeAnswer {
  /** What was replayed or, of a sample, what that stands for. */
  readonly capacity: Capacity
  /** What was requested, where a sample stands only for something near. */
  readonly asked?: readonly Capacity[]
  /** By policy; null where Ctrl-C came first, or where a sample is too small for this size. */
  readonly cells: readonly (CellAnswer | null)[]
}

export interface CellAnswer {
  readonly hitRatio: number
  readonly missRatio: number
  /** Share of the bytes requested that were hit; null where sizes are not known. */
  readonly byteHitRatio: number | null
  /** Exact counts; null if a sample gave the ratios. */
  readonly hits: number | null
  readonly misses: number | null
  /** By a full replay beside the sample, if one was requested. */
  readonly exactHitRatio: number | null
}
