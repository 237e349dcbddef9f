import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

async function judged(faults: string, objectives: string, length = 100) {
  const { design, problems } = readDesign(
    `loadpath: 1
name: caught up
traffic: { v: { rate: 80/s, arrival: regular, requests: { put: { to: jobs } } } }
blocks: { jobs: { type: queue, workers: { compute: 10ms } } }
faults: [${faults}]
run: { for: ${length}s, repeat: 10 }
objectives: [${objectives}]
`,
    catalogue,
  )
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path} ${message}`).join('; '))
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { objectives: answers } = await simulate(design, { runner, longer: false })
  return answers.map(({ verdict, measured }) => ({
    verdict,
    ms: measured.sufficient ? measured.point : measured.reason,
  }))
}

const slow = (at: number, lasts: number, name: string) =>
  `{ slow: jobs, factor: 3, at: ${at}s, for: ${lasts}s, name: ${name} }`

it('a queue has caught up when the backlog of an event is worked off', async () => {
  // Three times slower for 6 s: 480 came and 200 were done; the 280 left go by 20/s, for 14 s.
  const [after, short] = await judged(slow(30, 6, 'lost'), 'jobs.caught-up < 15s after lost, jobs.caught-up < 13s')
  expect([after?.verdict, short?.verdict]).toEqual(['met', 'missed'])
  expect(Math.abs((after?.ms as number) - 14_000)).toBeLessThanOrEqual(1000)
})

it('each event has a time of its own until the queue has caught up, and all together have the longest', async () => {
  // One second of it leaves 47 messages, for 2.3 s.
  const asked = ['', ' after long', ' after short'].map((window) => `jobs.caught-up < 1h${window}`)
  const [all, long, short] = await judged(`${slow(30, 6, 'long')}, ${slow(70, 1, 'short')}`, asked.join(', '))
  expect(all?.ms).toBe(long?.ms)
  expect(Math.abs((short?.ms as number) - 2300)).toBeLessThanOrEqual(1000)
})

it('a queue has not caught up within a run that is too short', async () => {
  const [short] = await judged(slow(30, 6, 'lost'), 'jobs.caught-up < 5s', 45)
  expect(short).toEqual({ verdict: 'missed', ms: 'not within the run' })
})

it('the largest age of the oldest message is that of the time asked about', async () => {
  // At the end of the fault the 200 of the first 2.5 s are done: the next has waited for 3.5 s.
  const asked = ['', ' during lost', ' before lost', ' after lost'].map((window) => `jobs.oldest-max < 1h${window}`)
  const found = (await judged(slow(30, 6, 'lost'), asked.join(', '))).map(({ ms }) => ms as number)
  expect(found.map((ms) => Math.abs(ms - 3500) < 50)).toEqual([true, true, false, true])
  expect(found[2]).toBeLessThan(10)
})
