import { KeyIds, larger } from './key-ids.ts'
import type { TraceRecord } from './record.ts'

/** Requests one after another: the dense number of each key and, where they are known, sizes and times. */
export interface Requests {
  readonly length: number
  readonly ids: Int32Array
  /** Bytes; null where the trace does not tell them. */
  readonly sizes: Float64Array | null
}

/** Methods that only read: others change what they name, and no cache answers them. */
const reading = new Set(['', 'GET', 'HEAD'])

export interface CollectorOptions {
  /** Keys of which share to take, by their hash; all if absent. */
  readonly share?: number
  readonly keepTimes?: boolean
  /** Leave out requests that do more than read. */
  readonly readsOnly?: boolean
}

/** Gathers the requests of a trace in arrays that grow. */
export class Collector implements Requests {
  readonly keys: KeyIds
  length = 0
  ids = new Int32Array(4096)
  times = new Float64Array(0)
  /** Numbers of methods in `methodNames`, by request; only with times. */
  methods = new Uint8Array(0)
  readonly methodNames: string[] = ['']
  /** Requests and bytes in all, in the sample or not. */
  seen = 0
  seenBytes = 0
  /** Requests left out because they do more than read, and the first few of their methods. */
  leftOut = 0
  readonly leftOutMethods = new Set<string>()
  /** Of the earliest request and of the latest: a log is not always in order. */
  firstMs = Number.NaN
  lastMs = Number.NaN
  private readonly options: CollectorOptions
  private sizeOf = new Float64Array(0)
  /** Entries with a size, and those without. */
  private sized = 0
  private unsized = 0

  constructor(options: CollectorOptions = {}) {
    this.options = options
    this.keys = new KeyIds(options.share)
  }

  /** Whether each entry so far had a size. */
  get hasSizes(): boolean {
    return this.sized > 0 && this.unsized === 0
  }

  get sizes(): Float64Array | null {
    return this.hasSizes ? this.sizeOf : null
  }

  readonly take = (record: TraceRecord): void => {
    if (this.options.readsOnly === true && !reading.has(record.method)) {
      this.leftOut++
      if (this.leftOutMethods.size < 5) this.leftOutMethods.add(record.method)
      return
    }
    const { count, sizeBytes, timeMs } = record
    this.seen += count
    if (Number.isNaN(sizeBytes)) this.unsized++
    else {
      this.sized++
      this.seenBytes += sizeBytes * count
    }
    if (!Number.isNaN(timeMs)) {
      if (!(timeMs >= this.firstMs)) this.firstMs = timeMs
      if (!(timeMs <= this.lastMs)) this.lastMs = timeMs
    }
    const { keys } = this
    if (record.key < 0) this.add(keys.ofText(record.bytes, record.keyFrom, record.keyTo), record)
    else for (let i = 0; i < count; i++) this.add(keys.ofNumber(record.key + i), record)
  }

  /** Forgets the requests, not the keys: for what is used piece by piece. */
  clear(): void {
    this.length = 0
  }

  private add(id: number, record: TraceRecord): void {
    if (id < 0) return
    const at = this.length++
    if (at === this.ids.length) this.ids = larger(this.ids, at * 2)
    this.ids[at] = id
    if (this.sized > 0) {
      if (at >= this.sizeOf.length) this.sizeOf = larger(this.sizeOf, this.ids.length)
      this.sizeOf[at] = record.sizeBytes
    }
    if (this.options.keepTimes === true) this.keepTime(at, record)
  }

  private keepTime(at: number, { timeMs, method }: TraceRecord): void {
    if (at >= this.times.length) {
      this.times = larger(this.times, this.ids.length)
      this.methods = larger(this.methods, this.ids.length)
    }
    this.times[at] = timeMs
    let name = this.methodNames.indexOf(method)
    if (name < 0) name = this.methodNames.length < 32 ? this.methodNames.push(method) - 1 : 0
    this.methods[at] = name
  }
}
