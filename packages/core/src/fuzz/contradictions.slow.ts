import { expect, it } from 'vitest'
import { contradictionsAround } from './testing-loads.ts'

it('no answer of a steady run contradicts itself, however close to full the design is', async () => {
  const run = '{ until: 10%, bounds: { events: 3M } }'
  expect(await contradictionsAround(run, [60, 85, 95, 98, 100, 102, 104, 110, 150])).toEqual([])
})
