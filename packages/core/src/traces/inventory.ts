import type { Requests } from './collector.ts'
import { larger } from './key-ids.ts'

/** So many requests make a window for the working set. */
export const windowRequests = 10_000

/** What a trace is made of. */
export interface Inventory {
  readonly requests: number
  readonly distinct: number
  /** Of all requests, and of the distinct objects; null where sizes are not known. */
  readonly bytes: number | null
  readonly distinctBytes: number | null
  /** Keys that are requested only once. */
  readonly askedOnce: number
  /** How many of the keys requested most are requested by half, and by nine tenths, of the requests. */
  readonly keysOfHalf: number
  readonly keysOfNineTenths: number
  /** Distinct keys in stretches of `windowRequests` requests: mean over them, and most; null if there is no whole one. */
  readonly workingSet: { readonly mean: number; readonly most: number } | null
}

/** Counts what a trace is made of, request by request. */
export class Counting {
  private requests = 0
  private distinct = 0
  private times = new Uint32Array(1024)
  private sizes = new Float64Array(0)
  private hasSizes = true
  private bytes = 0
  private windows = new Int32Array(1024)
  private window = 1
  private inWindow = 0
  private fresh = 0
  private sumOfWindows = 0
  private most = 0

  /** @param keys distinct keys so far, these requests included. */
  take({ length, ids, sizes }: Requests, keys: number): void {
    this.makeRoom(keys)
    this.distinct = keys
    this.requests += length
    if (sizes === null) this.hasSizes = false
    for (let i = 0; i < length; i++) {
      const id = ids[i] as number
      this.times[id] = (this.times[id] as number) + 1
      if (this.windows[id] !== this.window) {
        this.windows[id] = this.window
        this.fresh++
      }
      if (++this.inWindow === windowRequests) this.endWindow()
    }
    if (sizes !== null) this.takeSizes(length, ids, sizes)
  }

  inventory(): Inventory {
    const whole = this.window - 1
    const times = this.times.slice(0, this.distinct).sort().reverse()
    const footprint = this.sizes.subarray(0, this.distinct).reduce((sum, size) => sum + size, 0)
    return {
      requests: this.requests,
      distinct: this.distinct,
      bytes: this.hasSizes ? this.bytes : null,
      distinctBytes: this.hasSizes ? footprint : null,
      askedOnce: times.reduce((sum, count) => sum + (count === 1 ? 1 : 0), 0),
      keysOfHalf: keysOf(times, this.requests * 0.5),
      keysOfNineTenths: keysOf(times, this.requests * 0.9),
      workingSet: whole === 0 ? null : { mean: this.sumOfWindows / whole, most: this.most },
    }
  }

  private takeSizes(length: number, ids: Int32Array, sizes: Float64Array): void {
    for (let i = 0; i < length; i++) {
      const id = ids[i] as number
      const size = sizes[i] as number
      this.bytes += size
      // The first size that was told, as a cache would keep it.
      if (this.sizes[id] === -1) this.sizes[id] = size
    }
  }

  private endWindow(): void {
    this.sumOfWindows += this.fresh
    this.most = Math.max(this.most, this.fresh)
    this.window++
    this.inWindow = 0
    this.fresh = 0
  }

  private makeRoom(keys: number): void {
    if (keys > this.times.length) {
      const room = Math.max(keys, this.times.length * 2)
      this.times = larger(this.times, room)
      this.windows = larger(this.windows, room)
    }
    if (this.hasSizes && this.sizes.length < this.times.length) {
      this.sizes = larger(this.sizes, this.times.length).fill(-1, this.sizes.length)
    }
  }
}

/** The fewest keys that together are requested so often; `times` begins with the most. */
function keysOf(times: Uint32Array, requests: number): number {
  let sum = 0
  let keys = 0
  while (sum < requests && keys < times.length) sum += times[keys++] as number
  return keys
}
