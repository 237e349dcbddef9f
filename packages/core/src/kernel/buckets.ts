/** Numbers in a chunk: 21 events of three (time, order number, item), and where the chunk before it begins. */
const chunkLength = 64
const link = chunkLength - 1
const none = -1

/**
 * Buckets of events in no order, over one typed array: what is put into a bucket stands side by side in chunks, so that
 * reading it is fast even where the events are too many for the processor's cache.
 */
export class Buckets {
  /** By bucket: where its next event is written; none for an empty one. */
  private readonly ends: Int32Array
  private chunks = new Float64Array(64 * chunkLength)
  private used = 0
  private free = none
  /** Of the bucket that is being emptied: the event at hand, and the end of its chunk. */
  private at = 0
  private end = none

  constructor(count: number) {
    this.ends = new Int32Array(count).fill(none)
  }

  put(bucket: number, time: number, order: number, item: number): void {
    let end = this.ends[bucket] as number
    if (end === none || (end & link) === link) end = this.newChunk(end)
    const { chunks } = this
    chunks[end] = time
    chunks[end + 1] = order
    chunks[end + 2] = item
    this.ends[bucket] = end + 3
  }

  /** Begins to empty a bucket; others may be filled in the meantime, and so may this one. */
  open(bucket: number): void {
    this.end = this.ends[bucket] as number
    this.at = this.end & -chunkLength
    this.ends[bucket] = none
  }

  /** Whether the open bucket holds an event still; it is then at hand until `drop`. */
  get holds(): boolean {
    return this.end !== none
  }

  get time(): number {
    return this.chunks[this.at] as number
  }

  get order(): number {
    return this.chunks[this.at + 1] as number
  }

  get item(): number {
    return this.chunks[this.at + 2] as number
  }

  /** Lets go of the event at hand, of the open bucket. */
  drop(): void {
    this.at += 3
    if (this.at !== this.end) return
    const chunk = this.end & -chunkLength
    const before = this.chunks[chunk + link] as number
    this.chunks[chunk + link] = this.free
    this.free = chunk
    this.end = before === none ? none : before + link
    this.at = before
  }

  /** The times of all events, bucket by bucket; none may be open. */
  *times(): Generator<number> {
    for (let end of this.ends) {
      while (end !== none) {
        const chunk = end & -chunkLength
        for (let at = chunk; at < end; at += 3) yield this.chunks[at] as number
        const before = this.chunks[chunk + link] as number
        end = before === none ? none : before + link
      }
    }
  }

  /** A chunk in front of the one that ends at `end`, if there is one. */
  private newChunk(end: number): number {
    let chunk = this.free
    if (chunk !== none) this.free = this.chunks[chunk + link] as number
    else {
      chunk = this.used
      this.used += chunkLength
      if (this.used > this.chunks.length) this.grow()
    }
    this.chunks[chunk + link] = end === none ? none : end & -chunkLength
    return chunk
  }

  private grow(): void {
    const chunks = new Float64Array(this.chunks.length * 2)
    chunks.set(this.chunks)
    this.chunks = chunks
  }
}
