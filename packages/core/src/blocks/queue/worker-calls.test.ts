import { expect, it } from 'vitest'
import { catalogue } from '../../experiment/catalogue.ts'
import { replicate } from '../../experiment/replicate.ts'
import { simulate } from '../../experiment/simulate.ts'
import { readDesign } from '../../language/read-design.ts'

/** How long calls of the workers take at the service, ms: it has an endpoint of 10 ms and one of 70 ms. */
async function meanMsOf(requests: string, jobs = 'workers: { compute: 0s, call: store }') {
  const { design, problems } = readDesign(
    `loadpath: 1
name: workers that call
traffic: { t: { rate: 20/s, requests: { ${requests} } } }
blocks:
  web: { type: service, endpoints: { view: [{ publish: jobs }], add: [{ publish: jobs }] } }
  jobs: { type: queue, ${jobs} }
  store: { type: service, endpoints: { view: [{ wait: 10ms }], add: [{ wait: 70ms }] } }
run: { for: 2s, repeat: 2 }
`,
    catalogue,
  )
  const errors = problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
  if (design === undefined) return errors
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { blocks } = await simulate(design, { runner, longer: false })
  const store = blocks.find(({ name }) => name === 'store')
  return store?.mean.sufficient === true ? store.mean.point : Number.NaN
}

it.each([
  ['the request', 'view: { to: jobs }', 10],
  ['another request', 'add: { to: jobs }', 70],
  ['the endpoint that publishes', 'buy: { to: web.add }', 70],
])('workers who name no operation call that with the name of %s', async (_, requests, expected) => {
  expect(await meanMsOf(requests)).toBeCloseTo(expected, 6)
})

it('workers make the same calls for messages that wait at 0 s', async () => {
  const jobs = 'start: 1k, workers: { instances: 100, compute: 0s, call: store }'
  expect(await meanMsOf('buy: { to: web.add }', jobs)).toBeCloseTo(70, 6)
})

it('workers without an operation are reported if messages wait at 0 s and no source publishes', async () => {
  const jobs = 'start: 1k, workers: { compute: 0s, call: store }'
  expect(await meanMsOf('view: { to: store }', jobs)).toEqual(['unknown-operation'])
})
