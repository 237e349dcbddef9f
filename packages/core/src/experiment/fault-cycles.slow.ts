import { expect, it } from 'vitest'
import { repairAvailability } from '../theory/availability.ts'
import { replicate } from './replicate.ts'
import { simulate } from './simulate.ts'
import { faultyDesign } from './testing-faults.ts'

it('a fault every ten minutes has the availability of reliability theory in a steady-state run', async () => {
  const design = faultyDesign('{ crash: web, every: exponential 10min, for: exponential 1min }')
  const runner = async (tasks: readonly Parameters<typeof replicate>[0][]) => tasks.map((task) => replicate(task))
  const { requests } = await simulate(design, { runner, longer: false })
  const availability = requests[0]?.availability
  if (availability?.sufficient !== true) throw new Error('an availability is found')
  const expected = repairAvailability(10, 1)
  expect(availability.low).toBeLessThan(expected)
  expect(availability.high).toBeGreaterThan(expected)
  expect(availability.high - availability.low).toBeLessThan(0.1)
})
