import { expect, it } from 'vitest'
import { fuzzDesigns } from './campaign.ts'

it('random designs keep what always holds', async () => {
  expect(await fuzzDesigns({ seed: 1, from: 0, count: 100 })).toEqual([])
})
