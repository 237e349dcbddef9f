import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { LatencyHistogram } from '../stats/histogram.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function answerTo(blocks: string, { traffic = 'rate: 5/s', objectives = '' } = {}): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: until done
traffic: { v: { ${traffic}, arrival: regular, requests: { put: { to: web } } } }
blocks:
${blocks}
run: { for: 100s, repeat: 10 }
objectives: [${objectives}]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('; '))
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  return simulate(design, { runner, longer: false })
}

const web = (steps: string) => `  web: { type: service, endpoints: { put: [${steps}] } }`

describe('the time until done', () => {
  it('ends with the last message that a request set off', async () => {
    const answer = await answerTo(
      `${web('{ compute: 10ms }, { publish: slow }, { publish: quick }, { compute: 5ms }')}
  slow: { type: queue, workers: { compute: 70ms } }
  quick: { type: queue, workers: { compute: 1ms, call: copy } }
  copy: { type: service, endpoints: { any: [{ wait: 30ms }, { publish: later }] } }
  later: { type: queue, workers: { compute: 120ms } }`,
      { objectives: 'put.done < 161.1ms, done-p90 > 155ms, mean < 16ms' },
    )
    const [all] = answer.requests
    expect(all?.mean).toMatchObject({ point: 15 })
    // 10 ms, then 1 and 30 and 120 ms behind one another beside the 70.
    expect(all?.done?.mean.sufficient && all.done.mean.point).toBeCloseTo(161, 6)
    expect(answer.objectives.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met'])
  })

  it('of a request that is a message itself ends with its processing', async () => {
    const answer = await answerTo('  web: { type: queue, workers: { compute: 80ms } }')
    const [all] = answer.requests
    expect(all?.mean).toMatchObject({ point: 0 })
    expect(all?.done?.mean.sufficient && all.done.mean.point).toBeCloseTo(80, 6)
    expect(all?.done?.percentiles[1]?.estimate.sufficient).toBe(false)
  })

  it('is measured for users in a closed loop', async () => {
    const answer = await answerTo(`${web('{ publish: jobs }')}\n  jobs: { type: queue, workers: { compute: 80ms } }`, {
      traffic: 'users: 1, think: constant 200ms',
    })
    expect(answer.requests[0]?.done?.mean.sufficient && answer.requests[0].done.mean.point).toBeCloseTo(80, 6)
  })

  it('is unanswered for a request whose message is lost', async () => {
    const answer = await answerTo(
      `${web('{ publish: jobs }')}
  jobs: { type: queue, workers: { compute: 1ms, call: mail } }
  mail: { type: service, endpoints: { any: [{ fail: 50% }] } }`,
      { traffic: 'rate: 100/s', objectives: 'done-p50 < 1s, done-p90 < 1s, availability > 99%' },
    )
    expect(answer.objectives.map(({ verdict }) => verdict).slice(1)).toEqual(['missed', 'met'])
  })

  it('counts each request once, even if abandoned work publishes later', async () => {
    const { design } = readDesign(
      `loadpath: 1
name: abandoned work
traffic: { v: { rate: 5/s, arrival: regular, requests: { put: { to: web, timeout: 20ms } } } }
blocks:
${web('{ compute: 50ms }, { publish: jobs }')}
  jobs: { type: queue, workers: { compute: 1ms } }
run: { for: 10s, repeat: 2 }
`,
      catalogue,
    )
    const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
    const found: ReturnType<typeof replicate>[] = []
    await simulate(design as NonNullable<typeof design>, {
      runner: async (tasks) => {
        const done = await runner(tasks)
        found.push(...done)
        return done
      },
      longer: false,
    })
    const cells = found.flatMap(({ kinds }) => kinds.flat())
    const followed = cells.map(({ doneHistogram: one }) => (one === null ? 0 : LatencyHistogram.decode(one).count))
    expect(followed).toEqual(cells.map(({ offered }) => offered))
  })

  it('has insufficient data while a backlog is not worked off', async () => {
    const answer = await answerTo('  web: { type: queue, workers: { compute: 400ms } }')
    expect(answer.requests[0]?.done?.mean).toMatchObject({ sufficient: false })
    expect(answer.requests[0]?.mean).toMatchObject({ point: 0 })
  })

  it('equals the response time of a request that sets nothing off', async () => {
    const answer = await answerTo(web('{ compute: 10ms }'), { objectives: 'done < 10.1ms' })
    expect(answer.requests[0]?.done).toBeUndefined()
    expect(answer.objectives[0]?.verdict).toBe('met')
  })
})
