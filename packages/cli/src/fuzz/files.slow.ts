import { expect, it } from 'vitest'
import { fuzz } from './campaign.ts'
import { usualCorpus } from './corpus.ts'

it('100,000 mutated and generated files are designs or have located mistakes', async () => {
  expect(await fuzz({ what: 'files', corpus: usualCorpus, seed: 3, from: 0, count: 100_000 })).toEqual([])
})
