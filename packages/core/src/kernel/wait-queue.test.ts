import { expect, it } from 'vitest'
import { Call } from './call.ts'
import { PriorityWaitQueue, priorities, WaitQueue } from './wait-queue.ts'

const callOf = (request: number, priority = 0) => Object.assign(new Call(), { request, priority })

it('a line lets go of who leaves it, wherever they stood', () => {
  for (const leaving of [0, 1, 2]) {
    const line = new WaitQueue()
    const calls = [callOf(0), callOf(1), callOf(2)]
    for (const call of calls) line.join(call)
    expect(calls.map((call) => call.queue === line)).toEqual([true, true, true])
    const left = calls[leaving] as Call
    line.remove(left)
    expect([left.queue, left.ahead, left.behind, line.length]).toEqual([null, null, null, 2])
    // The others stand behind one another, and a newcomer behind the last of them.
    const [front, back] = calls.filter((call) => call !== left) as [Call, Call]
    const newcomer = callOf(3)
    line.join(newcomer)
    expect([front.ahead, front.behind, back.ahead, back.behind]).toEqual([null, back, front, newcomer])
    expect([newcomer.ahead, newcomer.behind, line.length]).toEqual([back, null, 3])
    expect([line.takeFirst(), line.takeFirst(), line.takeFirst(), line.takeFirst()]).toEqual([
      front,
      back,
      newcomer,
      null,
    ])
    expect(line.length).toBe(0)
    line.join(left)
    expect([left.ahead, left.behind, line.takeFirst(), line.length]).toEqual([null, null, left, 0])
  }
})

it('a line by priority has ten of them, and counts them together', () => {
  const line = new PriorityWaitQueue()
  expect([priorities, line.takeFirst(), line.length]).toEqual([10, null, 0])
  const calls = Array.from({ length: priorities }, (_, i) => callOf(i, priorities - 1 - i))
  for (const call of calls) line.join(call)
  expect(line.length).toBe(10)
  line.remove(calls[4] as Call)
  expect(line.length).toBe(9)
  expect(Array.from({ length: 9 }, () => line.takeFirst()?.priority)).toEqual([0, 1, 2, 3, 4, 6, 7, 8, 9])
  expect([line.length, line.takeFirst(), line.length]).toEqual([0, null, 0])
})
