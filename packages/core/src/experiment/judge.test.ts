import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

// Twice the load that one core carries, into a queue without limit: nobody is refused, and all wait for ever longer.
it('holds nobody to be answered while a backlog grows without end', async () => {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'twice too much',
      traffic: { visitors: { rate: '200/s', requests: { view: { to: 'web' } } } },
      blocks: { web: { type: 'service', workers: 1, endpoints: { view: [{ compute: '10ms' }] } } },
      objectives: [
        'availability >= 10%',
        'answered > 10%',
        'p50 < 1h',
        'mean < 1h',
        'refused < 1%',
        'web.utilization > 99%',
      ],
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is refused')
  const { objectives, requests, verdict } = await simulate(design, {
    runner: async (tasks) => tasks.map((task) => replicate(task)),
  })
  expect(verdict.outcome).toBe('overloaded')
  expect(objectives.map(({ objective, verdict: own }) => `${objective.measure} ${own}`)).toEqual([
    'availability missed',
    'answered missed',
    'percentile missed',
    'mean missed',
    // What is inside may be refused yet.
    'refused undecided',
    'utilisation held',
  ])
  const [all] = requests
  expect([all?.availability.enough, all?.mean.enough]).toEqual([false, false])
  // What the core does not carry is not answered, and what it carries is.
  expect(all?.answeredPerSecond).toMatchObject({ point: expect.closeTo(100, 0) })
})

it('judges a constant exactly', async () => {
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
  expect(objectives.map(({ verdict }) => verdict)).toEqual(['held', 'missed', 'held', 'held', 'missed'])
})
