import { expect, it } from 'vitest'
import { Call } from './call.ts'
import { AdaptiveLifoWaitQueue, LifoWaitQueue, PriorityWaitQueue, priorities, WaitQueue } from './wait-queue.ts'

const callOf = (request: number, priority = 0) => Object.assign(new Call(), { request, priority })

it('a call can leave a queue from any position', () => {
  for (const leaving of [0, 1, 2]) {
    const queue = new WaitQueue()
    const calls = [callOf(0), callOf(1), callOf(2)]
    for (const call of calls) queue.join(call)
    expect(calls.map((call) => call.queue === queue)).toEqual([true, true, true])
    const left = calls[leaving] as Call
    queue.remove(left)
    expect([left.queue, left.ahead, left.behind, queue.length]).toEqual([null, null, null, 2])
    // The others stand behind one another, and a newcomer behind the last of them.
    const [front, back] = calls.filter((call) => call !== left) as [Call, Call]
    const newcomer = callOf(3)
    queue.join(newcomer)
    expect([front.ahead, front.behind, back.ahead, back.behind]).toEqual([null, back, front, newcomer])
    expect([newcomer.ahead, newcomer.behind, queue.length]).toEqual([back, null, 3])
    expect([queue.takeFirst(), queue.takeFirst(), queue.takeFirst(), queue.takeFirst()]).toEqual([
      front,
      back,
      newcomer,
      null,
    ])
    expect(queue.length).toBe(0)
    queue.join(left)
    expect([left.ahead, left.behind, queue.takeFirst(), queue.length]).toEqual([null, null, left, 0])
  }
})

it('a queue by priority has ten of them, and counts them together', () => {
  const queue = new PriorityWaitQueue()
  expect([priorities, queue.takeFirst(), queue.length]).toEqual([10, null, 0])
  const calls = Array.from({ length: priorities }, (_, i) => callOf(i, priorities - 1 - i))
  for (const call of calls) queue.join(call)
  expect(queue.length).toBe(10)
  queue.remove(calls[4] as Call)
  expect(queue.length).toBe(9)
  expect(Array.from({ length: 9 }, () => queue.takeFirst()?.priority)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9])
  expect([queue.length, queue.takeFirst(), queue.length]).toEqual([0, null, 0])
})

it('a lifo queue has the newest call first, and the oldest wait is that of the first', () => {
  const queue = new LifoWaitQueue()
  for (const request of [1, 2, 3]) queue.join(Object.assign(callOf(request), { sinceMs: request }))
  expect(queue.oldestSinceMs).toBe(1)
  expect([1, 2, 3].map(() => queue.takeFirst()?.request)).toEqual([3, 2, 1])
  expect(queue.takeFirst()).toBeNull()
})

it('an adaptive-lifo queue has the newest call first once it has not been empty for 100 ms', () => {
  const clock = { nowMs: 0 }
  const queue = new AdaptiveLifoWaitQueue(clock)
  const takenAt = (nowMs: number) => {
    clock.nowMs = nowMs
    return queue.takeFirst()?.request
  }
  for (const request of [1, 2, 3, 4]) queue.join(callOf(request))
  expect([takenAt(99), takenAt(100), takenAt(150), takenAt(151)]).toEqual([1, 4, 3, 2])
  for (const request of [5, 6]) queue.join(callOf(request))
  expect(takenAt(200)).toBe(5)
})
