import { expect, test } from 'vitest'
import { readDesign } from '../language/index.ts'
import type { Answer } from './answer.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

/** Requests are answered after 305 ms on average, and leave a queue that does 100/s behind. */
async function answerAt(rate: string): Promise<Answer> {
  const { design, problems } = readDesign(
    `loadpath: 1
name: publisher
traffic: { v: { rate: ${rate}, requests: { view: { to: web } } } }
blocks:
  web: { type: service, endpoints: { view: [{ wait: exponential 300ms }, { publish: jobs }] } }
  jobs: { type: queue, workers: { compute: 10ms } }
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ message }) => message).join('; '))
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
}

const p99Ms = 300 * Math.log(100)

test('response times are known if only a queue behind the requests is overloaded', async () => {
  const { verdict, requests } = await answerAt('110/s')
  expect(verdict.outcome).toBe('overloaded')
  const { mean, percentiles, ledger } = requests[0] as Answer['requests'][number]
  expect(ledger.inFlight).toBe(0)
  expect(mean.sufficient && Math.abs(mean.point / 300 - 1)).toBeLessThan(0.03)
  const p99 = percentiles.find(({ percentile }) => percentile === 99)?.estimate
  expect(p99?.sufficient && Math.abs(p99.point / p99Ms - 1)).toBeLessThan(0.05)
})

test('percentiles with longer service times are known where only a queue behind the requests overloads', async () => {
  const { requests } = await answerAt('90/s')
  const p99 = requests[0]?.percentiles.find(({ percentile }) => percentile === 99)
  expect(p99).toMatchObject({ serviceTimePlusUnknown: null })
  // A `wait` is a service time as well.
  expect(Math.abs((p99?.serviceTimePlus20 ?? 0) / (1.2 * p99Ms) - 1)).toBeLessThan(0.08)
})
