import { expect, it } from 'vitest'
import { partOfCommit } from '../../../../scripts/rotation.ts'
import { fuzz } from './campaign.ts'
import { usualCorpus } from './corpus.ts'

const count = 10_000

it(`${count} mutated and generated files, others with each commit, are designs or have located mistakes`, async () => {
  const from = partOfCommit() * count
  expect(await fuzz({ what: 'files', corpus: usualCorpus, seed: 3, from, count })).toEqual([])
})
