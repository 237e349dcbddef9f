import { Buckets } from './buckets.ts'
import type { Heap } from './heap.ts'

/** So many events a bucket is laid out for. */
const wantedInBucket = 21
/** With more events due soon than this, buckets are faster than the heap alone; with far fewer, they are given up. */
const crowd = 4096
const few = crowd / 8
/** How many events are looked at to lay out the buckets. */
const sampled = 512

/**
 * Events that are not due soon, in buckets of equal stretches of time: in no order until the turn of their bucket
 * comes, so that each costs the same however many they are. As long as there are few events, none of them is here.
 *
 * The buckets are a ring. What comes later than a whole turn of it waits beyond, and is looked through once a turn.
 * After R. Brown, "Calendar queues", CACM 31(10), 1988, with a heap for the bucket whose turn it is.
 */
export class Later {
  /** Events here, and those of them that wait beyond the ring. */
  count = 0
  private countBeyond = 0
  /** The bucket of a moment is (time - originMs) × bucketsPerMs, rounded down; those before `turn` have had theirs. */
  private originMs = 0
  private bucketsPerMs = 0
  private turn = 0
  /** Whether there are buckets. */
  private laidOut = false
  /** Number of buckets in the ring, a power of two; the bucket of this number is for what waits beyond. */
  private ring = 64
  private buckets = new Buckets(this.ring + 1)
  /** More events than this, and the buckets are laid out again. */
  private most = crowd

  /** Keeps an event, unless it is due soon. @returns whether it does. */
  keep(timeMs: number, order: number, slot: number): boolean {
    if (!this.laidOut) return false
    const bucket = Math.floor((timeMs - this.originMs) * this.bucketsPerMs)
    if (bucket < this.turn) return false
    this.count++
    this.put(bucket, timeMs, order, slot)
    return true
  }

  /** Takes those due soon, if they have become too many to be ordered one by one and none is here yet. */
  relieve(soon: Heap): void {
    if (soon.size <= this.most || this.count > 0) return
    while (soon.fillRoot()) {
      this.buckets.put(this.ring, soon.firstTime, soon.firstOrder, soon.first)
      this.count++
      soon.take()
    }
    this.layOut(soon)
  }

  /** Moves the next events to those due soon, of which there are none. @returns whether there are any. */
  pour(soon: Heap): boolean {
    if (this.count === 0) return false
    if (this.count <= few) this.pourAll(soon, crowd)
    else if (this.count > this.most || this.count === this.countBeyond) this.layOut(soon)
    while (!soon.fillRoot()) this.pourNext(soon)
    return true
  }

  clear(): void {
    this.buckets = new Buckets(this.ring + 1)
    this.count = 0
    this.countBeyond = 0
    this.laidOut = false
    this.most = crowd
  }

  private pourNext(soon: Heap): void {
    const bucket = this.turn & (this.ring - 1)
    this.turn++
    this.move(bucket, soon)
    if (bucket === this.ring - 1 && this.countBeyond > 0) this.turnOver(soon)
  }

  private move(bucket: number, soon: Heap): void {
    const { buckets } = this
    for (buckets.open(bucket); buckets.holds; buckets.drop()) {
      soon.insert(buckets.time, buckets.order, buckets.item)
      this.count--
    }
  }

  /** Pours everything, and leaves events alone until there are more than `most`. */
  private pourAll(soon: Heap, most: number): void {
    for (let bucket = 0; bucket <= this.ring; bucket++) this.move(bucket, soon)
    this.countBeyond = 0
    this.laidOut = false
    this.most = most
  }

  private put(bucket: number, timeMs: number, order: number, slot: number): void {
    if (bucket - this.turn < this.ring) {
      this.buckets.put(bucket & (this.ring - 1), timeMs, order, slot)
    } else {
      this.buckets.put(this.ring, timeMs, order, slot)
      this.countBeyond++
    }
  }

  /** After a turn of the ring: lets in what waited beyond; if that is most of what is here, the ring was too short. */
  private turnOver(soon: Heap): void {
    if (this.countBeyond > this.count / 2) {
      this.layOut(soon)
      return
    }
    this.countBeyond = 0
    this.putAll(this.buckets, this.ring)
  }

  /** Puts all of a bucket where it belongs now. */
  private putAll(from: Buckets, bucket: number): void {
    for (from.open(bucket); from.holds; from.drop()) {
      const { time } = from
      this.put(Math.floor((time - this.originMs) * this.bucketsPerMs), time, from.order, from.item)
    }
  }

  /** Makes buckets that fit the events that are here; if these come all at once, there is nothing to be gained. */
  private layOut(soon: Heap): void {
    const { count, ring, buckets } = this
    const times = this.sample()
    const first = times[0] as number
    let rank = times.length >> 1
    while (rank < times.length - 1 && times[rank] === first) rank++
    const spanMs = (times[rank] as number) - first
    const spanned = (count * rank) / times.length / wantedInBucket
    if (!(spanMs > 0 && Number.isFinite(spanMs) && Number.isFinite(spanned / spanMs))) {
      this.pourAll(soon, 2 * count)
      return
    }
    // Eight times the span in which half of the events come: of exponential delays, all but one in 256.
    this.ring = 64
    while (this.ring < 8 * spanned) this.ring *= 2
    this.buckets = new Buckets(this.ring + 1)
    this.originMs = first
    this.bucketsPerMs = spanned / spanMs
    this.turn = 0
    this.laidOut = true
    this.most = 2 * count
    this.countBeyond = 0
    for (let bucket = 0; bucket <= ring; bucket++) this.putAll(buckets, bucket)
  }

  /** The first of all times and a sample of the others, in order. */
  private sample(): Float64Array {
    const { count, buckets } = this
    const every = Math.ceil(count / sampled)
    const times = new Float64Array(Math.ceil(count / every) + 1)
    let first = Number.POSITIVE_INFINITY
    let seen = 0
    for (const time of buckets.times()) {
      if (time < first) first = time
      if (seen % every === 0) times[1 + seen / every] = time
      seen++
    }
    times[0] = first
    return times.sort()
  }
}
