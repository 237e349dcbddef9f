import { expect, it } from 'vitest'
import { readDesign } from '../language/read-design.ts'
import { repairAvailability } from '../theory/availability.ts'
import { catalogue } from './catalogue.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'

it('a fault every ten minutes has the availability of reliability theory in a steady-state run', async () => {
  const { design } = readDesign(
    `loadpath: 1
name: faults at all times
traffic: { v: { rate: 20/s, requests: { get: { to: web } } } }
blocks: { web: { type: service, endpoints: { get: [{ compute: 1ms }] } } }
faults: [{ crash: web, every: exponential 10min, for: exponential 1min }]
run: { until: 5% }
`,
    catalogue,
  )
  if (design === undefined) throw new Error('the design is sound')
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { requests } = await simulate(design, { runner, longer: false })
  const availability = requests[0]?.availability
  if (availability?.sufficient !== true) throw new Error('an availability is found')
  const expected = repairAvailability(10, 1)
  expect(availability.low).toBeLessThan(expected)
  expect(availability.high).toBeGreaterThan(expected)
  expect(availability.high - availability.low).toBeLessThan(0.1)
})
