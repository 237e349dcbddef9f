import { countersPerEntry, place, rows } from '../eviction/sketch.ts'
import { hashKey } from '../shelf/key-table.ts'
import { type ReferenceEviction, reference, take } from './reference.ts'

/** A count-min sketch as four arrays of numbers. Only where a key has its counters is taken from the real one. */
class PlainSketch {
  private length = 8
  private counters: number[][] = Array.from({ length: rows }, () => new Array(8).fill(0))
  private requests = 0
  private readonly period: number

  constructor(capacity: number) {
    this.period = 10 * capacity
  }

  hold(keys: readonly number[]): void {
    let length = this.length
    while (length < countersPerEntry * keys.length) length *= 2
    if (length === this.length) return
    const counts = keys.map((key) => this.estimate(key))
    this.length = length
    this.counters = Array.from({ length: rows }, () => new Array(length).fill(0))
    this.counters.forEach((row, i) => {
      keys.forEach((key, j) => {
        const at = place(hashKey(key) >>> 0, i) % length
        row[at] = Math.max(row[at] as number, counts[j] as number)
      })
    })
  }

  count(key: number): void {
    this.counters.forEach((row, i) => {
      const at = place(hashKey(key) >>> 0, i) % this.length
      row[at] = Math.min(15, (row[at] as number) + 1)
    })
    this.requests++
    if (this.requests < this.period) return
    this.requests = Math.floor(this.requests / 2)
    this.counters = this.counters.map((row) => row.map((count) => Math.floor(count / 2)))
  }

  estimate(key: number): number {
    return Math.min(...this.counters.map((row, i) => row[place(hashKey(key) >>> 0, i) % this.length] as number))
  }
}

/** The paper's scheme: a newcomer enters the window first, and what the window pushes out must win against main's victim. */
export const wTinylfuReference: ReferenceEviction = (keys, capacity) => {
  const mainSize = Math.floor(0.99 * capacity)
  const protectedSize = Math.floor(0.8 * mainSize)
  const windowSize = capacity - mainSize
  const [window, probation, guarded]: [number[], number[], number[]] = [[], [], []]
  const sketch = new PlainSketch(capacity)
  return reference((x, _now, evict) => {
    sketch.count(x)
    if (take(window, x)) window.push(x)
    else if (take(guarded, x)) guarded.push(x)
    else if (take(probation, x)) {
      guarded.push(x)
      if (guarded.length > protectedSize) probation.push(guarded.shift() as number)
    } else {
      window.push(x)
      if (window.length > windowSize) {
        const candidate = window.shift() as number
        probation.push(candidate)
        if (window.length + probation.length + guarded.length > capacity) {
          const victim = probation[0] as number
          const loser = sketch.estimate(candidate) > sketch.estimate(victim) ? victim : candidate
          take(probation, loser)
          evict(loser)
        }
      }
      sketch.hold([...window, ...probation, ...guarded])
      return false
    }
    return true
  }, keys)
}
