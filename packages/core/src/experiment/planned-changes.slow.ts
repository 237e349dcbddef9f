import { describe, expect, it } from 'vitest'
import { mm1 } from '../theory/index.ts'
import { answerOf, pointOf } from './testing-planned.ts'

describe('a planned scaling', () => {
  it('gives each phase the response time and utilization of so many M/M/1 queues', async () => {
    const objectives = ['before', 'during', 'after'].flatMap((when) => [
      `get.mean < 1s ${when} more`,
      `web.utilization < 100% ${when} more`,
    ])
    const answer = await answerOf({
      web: 'instances: 2,',
      faults: '{ scale: web, to: 4, at: 60s, for: 60s, name: more }',
      objectives: objectives.join(', '),
    })
    const found = answer.objectives.map(({ measured }) => pointOf(measured))
    const of = (instances: number) => mm1(0.1 / instances, 0.1)
    const expected = [2, 4, 2].flatMap((instances) => [of(instances).meanResponse, of(instances).utilization])
    found.forEach((value, i) => {
      const right = expected[i] as number
      expect(Math.abs(value / right - 1), objectives[i]).toBeLessThan(0.05)
    })
  })

  it('ends calls that an instance still holds when its drain is over', async () => {
    // Half of 100/s go to the two that leave; of the calls of the last second, those of the last 0.9 s are not over.
    const answer = await answerOf({
      web: 'instances: 4, drain: 100ms,',
      workers: 'unlimited',
      work: 'wait: 1s',
      faults: '{ scale: web, to: 2, at: 30s }',
      run: 'for: 60s, repeat: 40',
    })
    expect(Math.abs((answer.requests[0]?.ledger.lost ?? 0) / 40 - 45)).toBeLessThan(4)
  })
})

describe('a rolling deployment', () => {
  it.each(['consistent-hash', 'round-robin', 'peak-ewma', 'join-idle-queue'])(
    'loses no request behind a balancer that chooses by %s',
    async (choice) => {
      const answer = await answerOf({
        front: `choice: ${choice}, health-check: 1s`,
        web: 'instances: 4, start-up: 2s,',
        workers: 'unlimited',
        work: 'wait: exponential 100ms',
        faults: '{ deploy: web, batch: 2, at: 10s, for: 20s }, { scale: web, to: 3, at: 11s }',
        run: 'for: 60s, repeat: 4',
      })
      const ledger = answer.requests[0]?.ledger
      expect(ledger?.rejected).toBe(0)
      expect(ledger?.lost).toBe(0)
      expect(ledger?.answered).toBeGreaterThan(23_000)
    },
  )

  it('keeps to a subset of the instances that are there, and to their slots', async () => {
    const answer = await answerOf({
      front: 'subset: 2, per-target: 1, slow-start: 1s, ejection: { fails: 5 }',
      web: 'instances: 4, start-up: 2s,',
      faults: '{ deploy: web, batch: 1, order: start-first, at: 10s }',
      run: 'for: 60s, repeat: 4',
    })
    expect(answer.requests[0]?.ledger.rejected).toBe(0)
    // 1 Erlang on two slots at all times.
    const slots = answer.blocks.find(({ name }) => name === 'front')?.resources[0]
    expect(slots?.name).toBe('slots')
    expect(pointOf(slots?.utilization)).toBeGreaterThan(0.48)
    expect(pointOf(slots?.utilization)).toBeLessThan(0.54)
  })
})
