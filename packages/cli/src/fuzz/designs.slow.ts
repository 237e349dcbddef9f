import { expect, it } from 'vitest'
import { fuzz } from './campaign.ts'

it('10,000 random designs keep what always holds, and their answers print', async () => {
  expect(await fuzz({ what: 'designs', corpus: [], seed: 3, from: 0, count: 10_000 })).toEqual([])
})
