import { expect, it } from 'vitest'
import { readDesign } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

// Bounds are more than twice the 5 % away that an objective may be wide. M/M/1 at 80 % behind an answer: 4 messages inside on average; 1 % wait longer than ln 80 / 20 s = 219 ms.
const design = (objective: string, events = '300M') => `loadpath: 1
name: a queue that no request waits for
traffic: { source: { rate: 80/s, requests: { put: { to: mails } } } }
blocks:
  mails: { type: queue, workers: { instances: 1, compute: exponential 10ms } }
objectives: [${objective}]
run: { until: 2%, bounds: { events: ${events} } }
`

async function judged(objective: string, events?: string) {
  const { design: read } = readDesign(design(objective, events), catalogue)
  if (read === undefined) throw new Error('the design is wrong')
  const answer = await simulate(read, { runner: async (tasks) => tasks.map((task) => replicate(task)), longer: false })
  const { verdict, measured } = answer.objectives[0] ?? {}
  if (measured?.sufficient !== true) throw new Error('nothing was measured')
  return { verdict, measured, run: answer.run }
}

it.each([
  ['mails.in-flight < 4.5', 'met'],
  ['mails.in-flight < 3.6', 'missed'],
  ['mails.wait-p99 < 250ms', 'met'],
])('a steady run goes on for an objective that the mean response does not decide: %s', async (objective, verdict) => {
  expect(await judged(objective)).toMatchObject({ verdict, run: { stopped: null } })
})

it('a run ends at the precision of percentiles, even if the true value equals the bound of an objective', async () => {
  const { verdict, measured } = await judged('mails.in-flight < 4')
  expect([verdict, measured.low < 4, measured.high > 4]).toEqual(['inconclusive', true, true])
  expect((measured.high - measured.low) / 2 / 4).toBeLessThanOrEqual(0.05)
})

it('more rounds for objectives take at most a tenth of the limit of events', async () => {
  const { verdict, run } = await judged('mails.in-flight < 4', '5M')
  expect([verdict, run.stopped, run.events <= 500_000]).toEqual(['inconclusive', null, true])
})
