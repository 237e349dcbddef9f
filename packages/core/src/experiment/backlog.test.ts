import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(traffic: string, queue: string, objectives = ''): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: what waits
traffic: { v: { ${traffic}, requests: { put: { to: jobs } } } }
blocks: { jobs: { type: queue, ${queue} } }
run: { for: 100s, repeat: 10 }
objectives: [${objectives}]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('; '))
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  return simulate(design, { runner, longer: false })
}

const backlogIn = ({ blocks }: Answer) => blocks[0]?.backlog

describe('the backlog of a queue', () => {
  it('has an oldest message from 0 s until it is worked off', async () => {
    // 1,000 messages a 50 ms: the head of the line is of 0 s until the last is taken at 49.95 s.
    const answer = await answerTo(
      'rate: 0/s',
      'start: 1000, workers: { compute: 50ms }',
      'jobs.oldest < 12.5s, jobs.oldest < 12.4s',
    )
    const { oldest, oldestMax, oldestAtEnd, timeToDrain } = backlogIn(answer) ?? {}
    expect(oldest?.sufficient && oldest.point).toBeCloseTo(49_950 ** 2 / 2 / 100_000, 0)
    expect(oldestMax).toBeCloseTo(49_950, 3)
    expect(oldestAtEnd).toMatchObject({ point: 0 })
    expect(timeToDrain).toMatchObject({ point: 0 })
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'missed'])
  })

  it('drains in its number of messages over the spare capacity of the workers', async () => {
    // 5,000 at the start; the worker does 100/s and 60/s come: 1,000 are left after 100 s, for 25 s more.
    const answer = await answerTo('rate: 60/s, arrival: regular', 'start: 5000, workers: { compute: 10ms }')
    const { atEnd, timeToDrain } = backlogIn(answer) ?? {}
    expect(atEnd?.sufficient && Math.abs(atEnd.point - 1000)).toBeLessThan(3)
    expect((timeToDrain as { point: number }).point).toBeCloseTo(25_000, -3)
  })

  it('is zero if no message waits, even if workers are busy', async () => {
    const queue = 'workers: { compute: 15ms }'
    const { atEnd, oldestAtEnd, timeToDrain } = backlogIn(await answerTo('rate: 60/s, arrival: regular', queue)) ?? {}
    expect(atEnd?.sufficient && atEnd.point).toBeGreaterThan(0)
    expect([oldestAtEnd, timeToDrain]).toMatchObject([{ point: 0 }, { point: 0 }])
  })

  it('never drains if messages arrive faster than the workers process them', async () => {
    expect(backlogIn(await answerTo('rate: 120/s', 'workers: { compute: exponential 10ms }'))?.timeToDrain).toBe(
      'never',
    )
  })

  it('drains at the capacity of the workers after the source has ended', async () => {
    const answer = await answerTo('rate: 200/s, arrival: regular, for: 80s', 'workers: { compute: 10ms }')
    const { timeToDrain } = backlogIn(answer) ?? {}
    // 16,000 came and 10,000 were done.
    expect(timeToDrain).toMatchObject({ sufficient: true })
    expect((timeToDrain as { point: number }).point).toBeCloseTo(60_000, -2)
  })

  it('of a batch drains at the full speed of the workers, because no more messages arrive', async () => {
    // 2,000 of 100 ms: 1,000 are left at 100 s.
    for (const batch of ['at: 0s, count: 2000', 'users: 100, think: constant 1ms, start: together, count: 2000']) {
      const { timeToDrain } = backlogIn(await answerTo(batch, 'workers: { compute: 100ms }')) ?? {}
      expect((timeToDrain as { point: number }).point).toBeCloseTo(100_000, -2)
    }
  })
})

describe('requests in flight', () => {
  it('are counted within the window of an objective', async () => {
    // 5/s of 2 s each, until 50 s: 10 in flight, then none.
    const { design } = readDesign(
      `loadpath: 1
name: half the time
traffic: { v: { rate: 5/s, arrival: regular, for: 50s, requests: { put: { to: web } } } }
blocks: { web: { type: service, endpoints: { put: [{ wait: constant 2s }] } } }
run: { for: 100s, repeat: 10 }
objectives: [in-flight >= 9.9 from 10s to 40s, in-flight <= 10.1 from 10s to 40s, in-flight < 0.01 from 60s to 100s]
`,
      catalogue,
    )
    const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
    const answer = await simulate(design as NonNullable<typeof design>, { runner, longer: false })
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met'])
  })
})
