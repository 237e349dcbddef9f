import { describe, expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

/** A publisher that is answered at once, before a queue that does 100/s. */
async function answerTo(rate: string, { run = '{}', objectives = '', start = '' } = {}): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: publisher
traffic: { v: { rate: ${rate}, ${start} requests: { view: { to: web } } } }
blocks:
  web: { type: service, endpoints: { view: [{ compute: 1ms }, { publish: jobs }] } }
  jobs: { type: queue, workers: { compute: exponential 10ms } }
run: ${run}
objectives: [${objectives}]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
}

const grows = { sufficient: false, isGrowing: true }

describe('numbers that grow with the run, of a queue that is overloaded', () => {
  it('are withheld, while rates and the response times of the publisher are given', async () => {
    const { blocks, requests, verdict } = await answerTo('104/s')
    expect(verdict.outcome).toBe('overloaded')
    const [jobs, web] = blocks
    expect(jobs).toMatchObject({ mean: grows, inFlight: grows, waitMean: grows })
    expect(jobs?.queues[0]?.mean).toMatchObject(grows)
    expect(jobs?.backlog).toMatchObject({ atEnd: grows, oldest: grows, oldestAtEnd: grows })
    expect(requests[0]?.done).toMatchObject({ mean: grows, percentiles: [{ estimate: grows }, { estimate: grows }] })
    for (const kept of [jobs?.arrivedPerSecond, jobs?.waited, web?.mean, web?.inFlight, requests[0]?.mean])
      expect(kept?.sufficient).toBe(true)
  })

  it('miss every upper bound and meet every lower bound', async () => {
    const objectives =
      'jobs.oldest < 1h, jobs.queue-length < 1000000, jobs.wait-p99 < 1h, jobs.mean > 1s, view.done < 1h, view.p99 < 1s'
    const { objectives: judged } = await answerTo('104/s', { objectives })
    expect(judged.map(({ verdict }) => verdict)).toEqual(['missed', 'missed', 'missed', 'met', 'missed', 'met'])
  })

  it('include the backlog at the end if the design sets the length of the run', async () => {
    const { blocks } = await answerTo('150/s', { run: '{ for: 60s, repeat: 5 }' })
    expect(blocks[0]?.backlog).toMatchObject({ atEnd: { sufficient: true }, oldest: grows, timeToDrain: 'never' })
  })

  it('are given if the queue carries its load', async () => {
    const { blocks, requests } = await answerTo('50/s')
    for (const one of [blocks[0]?.waitMean, blocks[0]?.backlog?.oldest, requests[0]?.done?.mean])
      expect(one?.sufficient).toBe(true)
  })
})
