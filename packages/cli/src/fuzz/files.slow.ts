import { expect, it } from 'vitest'
import { partOfCommit } from '../../../../scripts/rotation.ts'
import { fuzz } from './campaign.ts'
import { readCorpus, usualCorpus } from './corpus.ts'

const count = 10_000

it(`${count} mutated and generated files, others with each commit, are designs or have located mistakes`, async () => {
  const from = partOfCommit() * count
  expect(await fuzz({ what: 'files', corpus: usualCorpus, seed: 3, from, count })).toEqual([])
})

it('500 others, the same with each commit, are made from every design that somebody has written', async () => {
  expect(readCorpus(usualCorpus).length).toBeGreaterThan(20)
  expect(await fuzz({ what: 'files', corpus: usualCorpus, seed: 1, from: 0, count: 500 })).toEqual([])
})
