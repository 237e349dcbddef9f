import { describe, expect, test } from 'vitest'
import { tenthOf } from '../scripts/rotation.ts'
import { foldersOfSeeds, oddities, scoresOf } from './testing-seeds.ts'

describe('seeds 1 to 20 look like random, in a tenth of the cases', () => {
  test.each(tenthOf(foldersOfSeeds))('%s', async (folder) => expect(oddities(await scoresOf(folder))).toEqual([]))
})
