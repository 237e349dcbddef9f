import { array, assert, constantFrom, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testingSource } from '../support/testing-source.ts'
import { Heap } from './heap.ts'

/** Takes everything out: time, order and item of each, in turn. */
function drained(heap: Heap): [number, number, number][] {
  const taken: [number, number, number][] = []
  while (heap.fillRoot()) {
    taken.push([heap.firstTime, heap.firstOrder, heap.first])
    heap.take()
  }
  return taken
}

/** For how many things there is room. */
const roomOf = (heap: Heap) => (heap as unknown as { items: Int32Array }).items.length

describe('a heap', () => {
  it('returns items by time, and items of the same time by order number', () => {
    const heap = new Heap(64)
    const times = [5, 3, 3, 9, 1, 3, 7, 5, 0, 3, 8, 2, 6, 4, 3, 5, 3, 1, 9, 0, 3, 5]
    // Order numbers fall, so that neither age nor place decides.
    times.forEach((time, i) => void heap.insert(time, 100 - i, i))
    const sorted = times.map((time, i): [number, number, number] => [time, 100 - i, i])
    expect(drained(heap)).toEqual(sorted.sort((a, b) => a[0] - b[0] || a[1] - b[1]))
    expect(heap.size).toBe(0)
  })

  it('keeps each parent before its two children', () => {
    const source = testingSource(1)
    const heap = new Heap(1)
    for (let count = 1; count <= 400; count++) {
      heap.insert(Math.floor(100 * source.next()), count, count)
      if (count % 3 === 0 && heap.fillRoot()) heap.take()
      heap.fillRoot()
      const { keys } = heap as unknown as { keys: Float64Array }
      for (let child = 1; child < heap.size; child++) {
        const parent = Math.floor((child - 1) / 2)
        const [above, below] = [keys[2 * parent] as number, keys[2 * child] as number]
        const inOrder = (keys[2 * parent + 1] as number) < (keys[2 * child + 1] as number)
        if (!(above < below || (above === below && inOrder))) expect.fail(`${child} comes before ${parent}`)
      }
    }
  })

  it('doubles when it is full, and keeps all items', () => {
    const heap = new Heap(2)
    const sizes: number[] = []
    for (let i = 0; i < 9; i++) {
      heap.insert(9 - i, i, 100 + i)
      sizes.push(roomOf(heap))
    }
    expect(sizes).toEqual([2, 2, 4, 4, 8, 8, 8, 8, 16])
    const { keys } = heap as unknown as { keys: Float64Array }
    expect([keys.length, heap.size]).toEqual([32, 9])
    expect(drained(heap)).toEqual(Array.from({ length: 9 }, (_, i) => [i + 1, 8 - i, 108 - i]))
  })

  it('fills the hole that a taking leaves with what comes next, without room for one more', () => {
    const heap = new Heap(4)
    for (const [order, time] of [1, 2, 3, 4].entries()) heap.insert(time, order, time)
    heap.fillRoot()
    expect([heap.take(), heap.size]).toEqual([1, 3])
    heap.insert(3, 0.5, 30)
    expect([roomOf(heap), heap.size]).toEqual([4, 4])
    expect(drained(heap).map(([, , item]) => item)).toEqual([2, 30, 3, 4])
  })

  it('fills its root, and says whether anything is left', () => {
    const heap = new Heap(4)
    expect([heap.fillRoot(), heap.size]).toEqual([false, 0])
    heap.insert(1, 0, 7)
    expect([heap.fillRoot(), heap.fillRoot(), heap.size]).toEqual([true, true, 1])
    heap.take()
    expect([heap.size, heap.fillRoot(), heap.fillRoot(), heap.size]).toEqual([0, false, false, 0])
  })

  it('puts another time in the place of the first, which keeps its item', () => {
    const heap = new Heap(8)
    for (const [order, time] of [1, 4, 6].entries()) heap.insert(time, order, 10 * time)
    heap.fillRoot()
    heap.replace(5, 9)
    expect(drained(heap)).toEqual([
      [4, 1, 40],
      [5, 9, 10],
      [6, 2, 60],
    ])
  })

  it('moves all times at once, and forgets all at once', () => {
    const heap = new Heap(8)
    for (const [order, time] of [3, 1, 2].entries()) heap.insert(time, order, time)
    heap.shift(-10)
    expect(drained(heap)).toEqual([
      [-9, 1, 1],
      [-8, 2, 2],
      [-7, 0, 3],
    ])
    for (let i = 0; i < 5; i++) heap.insert(i, i, i)
    heap.fillRoot()
    heap.take()
    heap.clear()
    expect([heap.size, heap.fillRoot()]).toEqual([0, false])
    heap.insert(2, 0, 5)
    expect(drained(heap)).toEqual([[2, 0, 5]])
  })

  it('agrees with a sorted list with few times and many ties', () => {
    const action = record({
      kind: constantFrom('insert', 'insert', 'take', 'replace'),
      time: integer({ min: 0, max: 3 }),
    })
    assert(
      property(array(action, { maxLength: 200 }), (actions) => {
        const heap = new Heap(1)
        const reference: [number, number, number][] = []
        const sort = () => reference.sort((a, b) => a[0] - b[0] || a[1] - b[1])
        actions.forEach(({ kind, time }, i) => {
          const order = (i * 7919) % 1000
          if (kind === 'insert') {
            heap.insert(time, order, i)
            reference.push([time, order, i])
          } else if (heap.fillRoot()) {
            const [first] = sort()
            expect([heap.firstTime, heap.firstOrder, heap.first]).toEqual(first)
            if (kind === 'take') expect(heap.take()).toBe(reference.shift()?.[2])
            else {
              heap.replace(time, order)
              reference[0] = [time, order, first?.[2] as number]
            }
          }
          expect(heap.size).toBe(reference.length)
        })
        expect(drained(heap)).toEqual(sort())
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})
