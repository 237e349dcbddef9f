import { expect, it } from 'vitest'
import { partOfCommit } from '../../../../scripts/rotation.ts'
import { fuzz } from './campaign.ts'

const count = 1000

it(`${count} random designs, others with each commit, keep what always holds, and their answers print`, async () => {
  expect(await fuzz({ what: 'designs', corpus: [], seed: 3, from: partOfCommit() * count, count })).toEqual([])
})
