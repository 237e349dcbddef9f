import { setImmediate } from 'node:timers/promises'
import { Collector, Counting, type Inventory, type Requests, StackDistances } from '@loadpath/core/traces'
import { mistake } from '../mistakes.ts'

/** A trace of more requests is not kept in memory, but read once more for what is asked of it. */
const mostKept = 50_000_000
/** Between two looks at whether somebody has pressed Ctrl-C. */
const slice = 500_000

/** The requests of a trace, or of a sample of its keys: counted while they are read, and there for replays afterwards. */
export class Material {
  readonly collector: Collector
  readonly counting = new Counting()
  readonly distances = new StackDistances()
  /** Called with requests as they are read. */
  onFresh: (requests: Requests) => void = () => {}
  private readonly limit: number
  private keepsAll = true
  private counted = 0
  private found: Inventory | null = null

  constructor(share: number | undefined, limit = mostKept) {
    this.collector = new Collector({ readsOnly: true, ...(share === undefined ? {} : { share }) })
    this.limit = limit
  }

  /** All requests at once; null if they are too many. */
  get kept(): Requests | null {
    return this.keepsAll ? this.collector : null
  }

  /** What it is made of; of a sample, the sample. */
  inventory(): Inventory {
    this.found ??= this.counting.inventory()
    return this.found
  }

  /** Counts what has been read since the last call. */
  countNew(): void {
    const { collector, counted } = this
    const fresh = collector.length - counted
    if (fresh > 0) {
      this.found = null
      const ids = collector.ids.subarray(counted, collector.length)
      const sizes = collector.sizes?.subarray(counted, collector.length) ?? null
      const requests = { ids, sizes, length: fresh }
      this.counting.take(requests, collector.keys.count)
      this.distances.take(ids, fresh)
      this.onFresh(requests)
    }
    if (collector.length > this.limit) this.keepsAll = false
    if (!this.keepsAll) collector.clear()
    this.counted = collector.length
  }
}

/** Processes requests in slices, with time for other events between them. Stops early if `isOver`. */
export async function inSlices(
  requests: Requests,
  isOver: () => boolean,
  work: (from: number, to: number) => void,
): Promise<boolean> {
  for (let from = 0; from < requests.length; from += slice) {
    await setImmediate()
    if (isOver()) return false
    work(from, Math.min(requests.length, from + slice))
  }
  return true
}

/** Returns the error of a trace that neither fits into memory nor can be read twice. */
export function tooLong(name: string, why: string): Error {
  const hint = 'take a sample of the keys: `--sample 0.01`'
  return mistake('trace-too-long', `the trace does not fit into memory: ${why}`, hint, name)
}
