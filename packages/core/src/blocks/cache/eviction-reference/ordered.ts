import { type ReferenceEviction, reference } from './reference.ts'

interface Entry {
  readonly key: number
  readonly came: number
  asked: number
  /** Requests since it came in, and ever. */
  times: number
  timesEver: number
  /** Position at which it is requested next. */
  next: number
}

/** Policies that are a way of sorting: the first in order goes. */
function ordered(order: (entry: Entry) => readonly number[]): ReferenceEviction {
  return (keys, capacity) => {
    let entries: Entry[] = []
    const timesEver = new Map<number, number>()
    return reference((key, now, evict) => {
      const later = keys.indexOf(key, now + 1)
      const next = later < 0 ? Number.POSITIVE_INFINITY : later
      const times = (timesEver.get(key) ?? 0) + 1
      timesEver.set(key, times)
      const found = entries.find((entry) => entry.key === key)
      if (found !== undefined) {
        Object.assign(found, { asked: now, times: found.times + 1, timesEver: times, next })
        return true
      }
      if (entries.length === capacity) {
        const [first] = entries.toSorted((a, b) => compare(order(a), order(b))) as [Entry]
        evict(first.key)
        entries = entries.filter((entry) => entry !== first)
      }
      entries.push({ key, came: now, asked: now, times: 1, timesEver: times, next })
      return false
    }, keys)
  }
}

function compare(left: readonly number[], right: readonly number[]): number {
  const differs = left.findIndex((value, i) => value !== right[i])
  return (left[differs] as number) - (right[differs] as number)
}

export const orderedReferences: Readonly<Record<string, ReferenceEviction>> = {
  lru: ordered(({ asked }) => [asked]),
  fifo: ordered(({ came }) => [came]),
  mru: ordered(({ asked }) => [-asked]),
  lfu: ordered(({ times, asked }) => [times, asked]),
  'perfect-lfu': ordered(({ timesEver, asked }) => [timesEver, asked]),
  belady: ordered(({ next, asked }) => [-next, asked]),
}
