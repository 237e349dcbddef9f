import { expect, it } from 'vitest'
import { readObject } from '../language/index.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { sensitivity } from './sensitivity.ts'
import type { Runner } from './task.ts'

const runner: Runner = async (tasks) => tasks.map((task) => replicate(task))

function tenServers(compute: string, rate: string) {
  const { design } = readObject(
    {
      loadpath: 1,
      name: 'ten servers',
      traffic: { v: { rate, requests: { view: { to: 'balancer' } } } },
      blocks: {
        balancer: { type: 'load-balancer', targets: 'web', choice: 'random' },
        web: { type: 'service', instances: 10, workers: 1, endpoints: { view: [{ compute }] } },
      },
      objectives: ['mean < 50ms'],
    },
    catalogue,
  )
  if (design === undefined) throw new Error('the design is wrong')
  return design
}

it('runs a change as long as the change needs: ten servers at 85 % become ten at 93.5 %', async () => {
  const { rows } = await sensitivity(tenServers('exponential 10ms', '850/s'), { runner })
  const compute = rows.find(({ path }) => path === 'web.endpoints.view.1.compute')?.difference
  // Each is M/M/1 at a tenth of the rate: 1000 / (1000 / 11 - 85) less 1000 / (100 - 85).
  const expected = 1000 / (1000 / 11 - 85) - 1000 / 15
  expect(compute?.enough && compute.low).toBeLessThan(expected)
  expect(compute?.enough && compute.high).toBeGreaterThan(expected)
})
