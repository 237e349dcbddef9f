import { describe, expect, it } from 'vitest'
import { standardExponential } from '../support/standard-exponential.ts'
import { testingSource } from '../support/testing-source.ts'
import { Heap } from './heap.ts'
import { Later } from './later.ts'

/** A queue of events as the agenda keeps it: a heap for those due soon, and those that come later. */
class Queue {
  readonly soon = new Heap(16)
  readonly later = new Later()
  private readonly taken: number[] = []
  private nowMs = 0
  private lastOrder = -1
  private orders = 0

  insert(timeMs: number): void {
    const order = this.orders++
    if (this.later.keep(timeMs, order, order)) return
    this.soon.insert(timeMs, order, order)
    this.later.relieve(this.soon)
  }

  /** Takes the next event, which must not come before those taken. @returns its moment, or null if there is none. */
  take(): number | null {
    if (!this.soon.fillRoot() && !this.later.pour(this.soon)) return null
    const { firstTime, firstOrder } = this.soon
    if (firstTime < this.nowMs) expect.fail(`${firstTime} comes after ${this.nowMs}`)
    if (firstTime === this.nowMs && firstOrder < this.lastOrder) expect.fail(`a tie at ${firstTime} in the wrong order`)
    this.nowMs = firstTime
    this.lastOrder = firstOrder
    this.taken.push(this.soon.take())
    return this.nowMs
  }

  get pending(): number {
    return this.soon.size + this.later.count
  }

  /** Takes what is left; every event must have been taken once. */
  finish(): void {
    while (this.take() !== null);
    expect(this.pending).toBe(0)
    expect(this.taken.sort((a, b) => a - b)).toEqual(this.taken.map((_, i) => i))
    expect(this.taken.length).toBe(this.orders)
  }
}

const source = testingSource(1)
const distributions: Readonly<Record<string, () => number>> = {
  exponential: () => 10 * standardExponential(source),
  uniform: () => source.next(),
  constant: () => 5,
  'whole numbers, many at once': () => Math.floor(4 * source.next()),
  'nearly always now': () => (source.next() < 0.01 ? 1 : 0),
  'nearly all short, some ten thousand times as long': () => (source.next() < 0.9 ? 0.1 : 1000) * source.next(),
  'over twelve orders of magnitude': () => 10 ** (12 * source.next() - 6),
  'never, for some': () => (source.next() < 0.01 ? Number.POSITIVE_INFINITY : source.next()),
}

describe.each(Object.entries(distributions))('events whose delay is %s', (_, delayMs) => {
  it.each([1, 300, 5000, 12_000])('come in order, those of one moment as they were scheduled, %i at once', (count) => {
    const queue = new Queue()
    for (let i = 0; i < count; i++) queue.insert(delayMs())
    for (let i = 0; i < 30_000; i++) {
      const nowMs = queue.take()
      if (nowMs === null || nowMs === Number.POSITIVE_INFINITY) break
      queue.insert(nowMs + delayMs())
    }
    queue.finish()
  })
})

describe('events that come later', () => {
  it('are few at once among those due soon, however many there are', () => {
    for (const distribution of ['exponential', 'uniform', 'nearly all short, some ten thousand times as long']) {
      const delayMs = distributions[distribution] as () => number
      const queue = new Queue()
      let most = 0
      for (let i = 0; i < 100_000; i++) queue.insert(delayMs())
      for (let i = 0; i < 100_000; i++) {
        queue.insert((queue.take() as number) + delayMs())
        most = Math.max(most, queue.soon.size)
      }
      expect(most, distribution).toBeLessThan(1000)
    }
  })

  it('are none where there are few events, before and after there were many', () => {
    const queue = new Queue()
    for (let i = 0; i < 4000; i++) queue.insert(source.next())
    expect(queue.later.count).toBe(0)
    for (let i = 0; i < 5000; i++) queue.insert(source.next())
    expect(queue.later.count).toBeGreaterThan(8000)
    while (queue.later.count > 0) queue.take()
    for (let i = 0; i < 2000; i++) queue.insert(1 + source.next())
    expect(queue.later.count).toBe(0)
    queue.finish()
  })

  it('follow a rate that grows and falls', () => {
    const queue = new Queue()
    let nowMs = 0
    for (const [steps, perStep] of [
      [3000, 3],
      [2000, 0],
      [6000, 2],
      [12_000, 0.5],
    ] as const) {
      for (let step = 0; step < steps; step++) {
        nowMs = queue.take() ?? nowMs
        for (let k = 0; k < perStep || (k < 1 && source.next() < perStep); k++)
          queue.insert(nowMs + 100 * source.next() ** 3)
      }
    }
    queue.finish()
  })

  it('are forgotten at once', () => {
    const queue = new Queue()
    for (let i = 0; i < 5000; i++) queue.insert(source.next())
    queue.soon.clear()
    queue.later.clear()
    expect([queue.pending, queue.take()]).toEqual([0, null])
  })
})
