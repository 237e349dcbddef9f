import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

it('counts the worlds in which a percentile of one kind of request is kept', async () => {
  const { design, problems } = readObject(
    {
      loadpath: 1,
      name: 'two kinds',
      traffic: { visitors: { rate: '200/s ± 20%', requests: { quick: { to: 'web' }, slow: { to: 'web' } } } },
      blocks: { web: { type: 'service', endpoints: { quick: [{ wait: '1ms' }], slow: [{ wait: '100ms' }] } } },
      run: { for: '20s', repeat: 10, worlds: 10 },
      objectives: ['quick.p99 < 5ms', 'slow.p99 < 5ms', 'quick.p99 < 5ms from 5s to 15s'],
    },
    catalogue,
  )
  expect(problems).toEqual([])
  if (design === undefined) return
  const { objectives } = await simulate(design, { runner: async (tasks) => tasks.map((task) => replicate(task)) })
  expect(objectives.map(({ worlds }) => worlds?.held)).toEqual([10, 0, 10])
})
