import { invariant } from '../support/invariant.ts'
import { withoutRounding } from './estimate.ts'

/** The buckets reach from 2^-20 ms, about a nanosecond, to 2^40 ms, 34 years. */
const smallestExponent = -20
const smallestEdge = 1 / 1048576
const octaves = 60
const bucketsPerOctave = 128
const bucketCount = octaves * bucketsPerOctave
const firstKey = (smallestExponent + 1023) * bucketsPerOctave

const scratch = new Float64Array(1)
const words = new Int32Array(scratch.buffer)
scratch[0] = 1
const high = words[1] === 0x3ff00000 ? 1 : 0

/** Where each bucket begins, and where the last one ends; exact, since each octave doubles the one before. */
const edges = new Float64Array(bucketCount + 1)
for (let bucket = 0, octave = smallestEdge; bucket <= bucketCount; bucket += 1) {
  const within = bucket % bucketsPerOctave
  if (bucket > 0 && within === 0) octave *= 2
  edges[bucket] = octave * (1 + within / bucketsPerOctave)
}

/** Words before the counts in an encoded histogram. */
const headerLength = 7
type Header = readonly [number, number, number, number, number, number, number]
const noWords = new Float64Array(0)

/**
 * Latencies in milliseconds, counted in buckets that grow with the value: exponent and the seven highest bits of the
 * mantissa of the number itself, so that a bucket is at most 1/128 of its value wide. From 1e-6 to 1e12 ms a quantile
 * is within 1 % of the exact one (the k-th smallest observation, k = ceil(q n)), and exact where all are the same;
 * below 1e-6 ms only within that. Addition of two histograms loses nothing.
 *
 * Source of the layout: G. Tene's HdrHistogram; the bits of the number as bucket: DDSketch, Masson et al., VLDB 2019.
 */
export class LatencyHistogram {
  /** Counts of the buckets from `#firstBucket` on: all of them once something is recorded, those that are used of what was added. */
  #counts = noWords
  #firstBucket = 0
  #below = 0
  #answered = 0
  #unanswered = 0
  #sum = 0
  #smallest = Infinity
  #largest = -Infinity
  /** Ages of the observations that were still open, which the counts hold as well; null if there are none. */
  #open: LatencyHistogram | null = null

  /** Counts one latency of zero or more milliseconds. */
  record(ms: number): void {
    scratch[0] = ms
    // The top 19 bits of a positive number: 11 of the exponent and 7 of the mantissa behind the sign.
    const at = ((words[high] as number) >> 13) - firstKey - this.#firstBucket
    if (at >= 0 && at < this.#counts.length) this.#counts[at] = (this.#counts[at] as number) + 1
    else this.#recordBeyond(at + this.#firstBucket)
    this.#answered += 1
    this.#sum += ms
    if (ms < this.#smallest) this.#smallest = ms
    if (ms > this.#largest) this.#largest = ms
  }

  /** Counts in a bucket that has no count yet, or lies outside of all. */
  #recordBeyond(bucket: number): void {
    if (bucket < 0) {
      this.#below += 1
      return
    }
    this.#reach(0, bucketCount)
    const last = Math.min(bucket, bucketCount - 1)
    this.#counts[last] = (this.#counts[last] as number) + 1
  }

  /** Makes room for counts of the buckets from `first` up to `end`, exclusive. */
  #reach(first: number, end: number): void {
    const isEmpty = this.#counts.length === 0
    const from = isEmpty ? first : Math.min(first, this.#firstBucket)
    const to = isEmpty ? end : Math.max(end, this.#firstBucket + this.#counts.length)
    if (to - from === this.#counts.length) return
    const counts = new Float64Array(to - from)
    if (!isEmpty) counts.set(this.#counts, this.#firstBucket - from)
    this.#counts = counts
    this.#firstBucket = from
  }

  /** Counts observations that never ended: slower than every latency. */
  recordUnanswered(times = 1): void {
    this.#unanswered += times
  }

  /**
   * Counts an observation that was still open at this age, ms. Its latency is at least its age, and may be anything above:
   * it is right-censored. All methods but `ifNeverAnswered` take the age as its latency, which bounds them from below.
   */
  recordOpen(ageMs: number): void {
    this.record(ageMs)
    this.#open ??= new LatencyHistogram()
    this.#open.record(ageMs)
  }

  /** Observations that were still open. */
  get open(): number {
    return this.#open?.count ?? 0
  }

  /** The same observations, those still open counted as never answered: what bounds a quantile from above. */
  ifNeverAnswered(): LatencyHistogram {
    const open = this.#open
    if (open === null) return this
    const other = new LatencyHistogram()
    // What is open is counted here as well, so its buckets are among these.
    other.#counts = this.#counts.slice()
    other.#firstBucket = this.#firstBucket
    const shift = open.#firstBucket - this.#firstBucket
    for (let i = 0; i < open.#counts.length; i += 1)
      other.#counts[i + shift] = (other.#counts[i + shift] as number) - (open.#counts[i] as number)
    other.#below = this.#below - open.#below
    other.#answered = this.#answered - open.#answered
    other.#unanswered = this.#unanswered + open.#answered
    other.#sum = this.#sum - open.#sum
    other.#smallest = this.#smallest
    other.#largest = this.#largest
    return other
  }

  /** All observations, those without an answer included. */
  get count(): number {
    return this.#answered + this.#unanswered
  }

  get unanswered(): number {
    return this.#unanswered
  }

  /** Sum of the answered latencies, ms. */
  get sum(): number {
    return this.#sum
  }

  /** The smallest answered latency, ms, exactly; NaN where there is none. */
  get smallest(): number {
    return this.#answered === 0 ? NaN : this.#smallest
  }

  /** The largest answered latency, ms, exactly; NaN where there is none. */
  get largest(): number {
    return this.#answered === 0 ? NaN : this.#largest
  }

  /**
   * The latency, ms, that a share `q` of the observations does not exceed, 0 <= q <= 1. Infinity where it falls among
   * the unanswered; NaN where nothing was observed.
   */
  quantile(q: number): number {
    const threshold = this.threshold(q)
    const { from, to } = this.known
    return threshold === Infinity ? Infinity : Math.min(Math.max(threshold, from), to)
  }

  /**
   * The same as a place within a bucket, ms, not held to the smallest and the largest observation: what `countAbove`
   * compares with. Observations of one bucket, were they all equal, lie evenly on both sides of it.
   */
  threshold(q: number): number {
    if (this.count === 0) return NaN
    const rank = Math.max(1, Math.ceil(q * this.count))
    if (rank > this.#answered) return Infinity
    let before = this.#below
    if (rank <= before) return (smallestEdge * (rank - 0.5)) / before
    for (let i = 0; i < this.#counts.length; i += 1) {
      const here = this.#counts[i] as number
      if (rank <= before + here) {
        const bucket = i + this.#firstBucket
        const from = edges[bucket] as number
        return from + (((edges[bucket + 1] as number) - from) * (rank - before - 0.5)) / here
      }
      before += here
    }
    return this.#largest
  }

  /** Between which latencies, ms, the quantile of `q` lies: as far as its bucket tells. */
  bounds(q: number): { readonly from: number; readonly to: number } {
    const threshold = this.threshold(q)
    if (!Number.isFinite(threshold)) return { from: threshold, to: threshold }
    scratch[0] = threshold
    const bucket = Math.min(((words[high] as number) >> 13) - firstKey, bucketCount - 1)
    const from = bucket < 0 ? 0 : (edges[bucket] as number)
    const to = bucket < 0 ? smallestEdge : (edges[bucket + 1] as number)
    const { known } = this
    return { from: Math.max(from, known.from), to: Math.min(to, known.to) }
  }

  /** The smallest and the largest without rounding, so that a constant is one number. */
  private get known(): { readonly from: number; readonly to: number } {
    return { from: withoutRounding(this.#smallest), to: withoutRounding(this.#largest) }
  }

  /** How many observations exceed a threshold, ms, the unanswered included; those of its bucket are shared out evenly. */
  countAbove(threshold: number): number {
    let above = this.#unanswered
    if (threshold === Infinity) return above
    scratch[0] = threshold
    const bucket = Math.min(((words[high] as number) >> 13) - firstKey, bucketCount - 1)
    const at = bucket - this.#firstBucket
    for (let i = this.#counts.length - 1; i > at && i >= 0; i -= 1) above += this.#counts[i] as number
    if (bucket < 0) return above + this.#below * (1 - Math.max(0, threshold) / smallestEdge)
    const from = edges[bucket] as number
    const to = edges[bucket + 1] as number
    return above + ((this.#counts[at] ?? 0) * Math.max(0, to - threshold)) / (to - from)
  }

  /** Adds what another histogram has counted. */
  add(other: LatencyHistogram): void {
    if (other.#counts.length > 0) this.#addCounts(other.#counts, other.#firstBucket)
    this.#below += other.#below
    this.#answered += other.#answered
    this.#unanswered += other.#unanswered
    this.#sum += other.#sum
    this.#smallest = Math.min(this.#smallest, other.#smallest)
    this.#largest = Math.max(this.#largest, other.#largest)
    if (other.#open === null) return
    this.#open ??= new LatencyHistogram()
    this.#open.add(other.#open)
  }

  #addCounts(more: Float64Array, first: number): void {
    this.#reach(first, first + more.length)
    const shift = first - this.#firstBucket
    const counts = this.#counts
    for (let i = 0; i < more.length; i += 1) counts[i + shift] = (counts[i + shift] as number) + (more[i] as number)
  }

  /** Adds what an encoded histogram has counted. */
  addEncoded(encoded: Float64Array): void {
    invariant(encoded.length >= headerLength, 'this array holds no histogram')
    const [first, below, unanswered, sum, smallest, largest, length] = encoded as unknown as Header
    const countsEnd = headerLength + length
    invariant(first + length <= bucketCount && countsEnd <= encoded.length, 'this array holds no histogram')
    if (length > 0) this.#addCounts(encoded.subarray(headerLength, countsEnd), first)
    this.#below += below
    this.#unanswered += unanswered
    this.#sum += sum
    this.#smallest = Math.min(this.#smallest, smallest)
    this.#largest = Math.max(this.#largest, largest)
    this.#answered += below
    for (let i = headerLength; i < countsEnd; i += 1) this.#answered += encoded[i] as number
    if (countsEnd === encoded.length) return
    this.#open ??= new LatencyHistogram()
    this.#open.addEncoded(encoded.subarray(countsEnd))
  }

  /** A short array that holds it all, to be handed to another thread; only `decode` knows what is in it. */
  encode(): Float64Array {
    let from = 0
    while (from < this.#counts.length && this.#counts[from] === 0) from += 1
    let end = this.#counts.length
    while (end > from && this.#counts[end - 1] === 0) end -= 1
    const first = end > from ? from + this.#firstBucket : bucketCount
    const open = this.#open?.encode() ?? noWords
    const countsEnd = headerLength + end - from
    const encoded = new Float64Array(countsEnd + open.length)
    encoded.set([first, this.#below, this.#unanswered, this.#sum, this.#smallest, this.#largest, end - from])
    encoded.set(this.#counts.subarray(from, end), headerLength)
    encoded.set(open, countsEnd)
    return encoded
  }

  /** The histogram that was encoded. */
  static decode(encoded: Float64Array): LatencyHistogram {
    const histogram = new LatencyHistogram()
    histogram.addEncoded(encoded)
    return histogram
  }
}
