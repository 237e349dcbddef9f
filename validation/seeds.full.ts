import { describe, expect, test } from 'vitest'
import { foldersOfSeeds, oddities, type Scores, scoresOf } from './testing-seeds.ts'

const all: Scores[] = []

describe('seeds 1 to 20 look like chance', () => {
  test.each(foldersOfSeeds)('%s', async (folder) => {
    const found = await scoresOf(folder)
    all.push(...found)
    expect(oddities(found)).toEqual([])
  })

  test('all together, one score in twenty is beyond the 95 % interval', () => {
    const scores = all.flatMap((one) => one.scores)
    const beyond = scores.filter((score) => Math.abs(score) > 1.96).length / scores.length
    // Scores of one run hang together, and intervals of percentiles are a little wide: a wide window.
    expect(scores.length).toBeGreaterThan(500)
    expect(beyond).toBeGreaterThan(0.02)
    expect(beyond).toBeLessThan(0.08)
  })
})
