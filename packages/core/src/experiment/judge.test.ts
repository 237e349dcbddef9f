import { expect, it } from 'vitest'
import { notNumbers } from '../fuzz/judge-design.ts'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

/** Twice the load that one core carries, into a queue without limit. */
function twiceTooMuch(objectives: readonly string[], run: Readonly<Record<string, unknown>>) {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'twice too much',
      traffic: { visitors: { rate: '200/s', requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', workers: 1, endpoints: { view: [{ compute: '10ms' }] } } },
      objectives,
      run,
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  return simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
}

it('an objective on answers is missed while the backlog grows without limit', async () => {
  const asked = ['availability >= 10%', 'answered > 10%', 'p50 < 1h', 'mean < 1h', 'rejected < 1%']
  const { objectives, requests, verdict } = await twiceTooMuch([...asked, 'web.utilization > 99%'], {})
  expect(verdict.outcome).toBe('overloaded')
  expect(objectives.map(({ objective, verdict: own }) => `${objective.measure} ${own}`)).toEqual([
    'availability missed',
    'answered missed',
    'percentile missed',
    'mean missed',
    // What is in flight may still be rejected.
    'rejected inconclusive',
    'utilization met',
  ])
  const [all] = requests
  expect([all?.availability.sufficient, all?.mean.sufficient]).toEqual([false, false])
  // What the core does not carry is not answered, and what it carries is.
  expect(all?.throughputPerSecond).toMatchObject({ point: expect.closeTo(100, 0) })
})

// 60 s at 200/s: 6,000 are answered and as many, give or take a random error of 1.8 %, are inside and may be lost yet.
it('requests in flight bound the share that may still be lost', async () => {
  const bounds = [
    'rejected < 47%',
    'rejected < 53%',
    'rejected > 53%',
    'timed-out < 47%',
    'timed-out < 53%',
    'lost < 53%',
  ]
  const { objectives } = await twiceTooMuch(bounds, { for: '60s', repeat: 4 })
  expect(objectives.map(({ objective, verdict }) => `${objective.text} ${verdict}`)).toEqual([
    'rejected < 47% inconclusive',
    'rejected < 53% met',
    'rejected > 53% missed',
    'timed-out < 47% inconclusive',
    'timed-out < 53% met',
    'lost < 53% met',
  ])
})

it('an objective on a constant is judged exactly', async () => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'a constant',
      traffic: { visitors: { rate: '20/s', requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', endpoints: { view: [{ wait: '5.1ms' }] } } },
      objectives: ['p99 <= 5.1ms', 'p50 < 5.1ms', 'mean <= 5.1ms', 'mean >= 5.1ms', 'mean < 5.1ms'],
      run: { until: '5%' },
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const { objectives } = await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
  expect(objectives.map(({ verdict }) => verdict)).toEqual(['met', 'missed', 'met', 'met', 'missed'])
})

it('the window after a fault ends with the run', async () => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'crash',
      traffic: { visitors: { rate: '50/s', requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', endpoints: { view: [{ compute: '1ms' }] } } },
      faults: [{ crash: 'web', at: '2s', for: '1s', name: 'lost' }],
      objectives: ['availability > 99% after lost', 'mean < 1s from 3s to 100s', 'mean < 1s before lost'],
      run: { for: '10s', repeat: 4 },
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const answer = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
    longer: false,
  })
  expect(answer.objectives.map(({ objective, verdict }) => ({ ...objective.window, verdict }))).toEqual([
    { fromMs: 3000, toMs: 10_000, verdict: 'met' },
    { fromMs: 3000, toMs: 10_000, verdict: 'met' },
    { fromMs: 0, toMs: 2000, verdict: 'met' },
  ])
  expect(notNumbers(answer, 'answer')).toEqual([])
})
