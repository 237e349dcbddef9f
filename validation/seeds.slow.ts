import { describe, expect, test } from 'vitest'
import { isQuick, others, queueing } from './testing-cases.ts'
import { type Scores, scoresOf, seeds } from './testing-seeds.ts'

/** Beyond this many standard errors of their mean, twenty scores are off: once in 15,000 times by chance. */
const furthestMean = 4
/** Sums of squares of twenty standard normal numbers stay below this, 99.99 % of the time. */
const largestSum = 52.4

/** Limits of many jobs, and streams that are only nearly Poisson: held to their tolerance, and not to chance. */
const limits = ['q26-burst', 'q26-filling-up', 'n07-tiers']
const folders = [...queueing, ...others].filter((folder) => isQuick(folder) && !limits.includes(folder))
const all: Scores[] = []

describe('seeds 1 to 20 look like chance', () => {
  test.each(folders)('%s', async (folder) => {
    const found = await scoresOf(folder)
    all.push(...found)
    expect(found.flatMap(offCentre)).toEqual([])
    expect(found.flatMap(tooWide)).toEqual([])
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

/** The runs lie to one side of the number. */
function offCentre({ measure, scores }: Scores): readonly string[] {
  if (scores.length < seeds.length / 2) return []
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return Math.abs(mean) * Math.sqrt(scores.length) < furthestMean ? [] : [`${measure}: ${mean.toFixed(2)} on average`]
}

/** The runs lie further apart than their intervals say. */
function tooWide({ measure, scores }: Scores): readonly string[] {
  const sum = scores.reduce((total, score) => total + score * score, 0)
  return sum < largestSum ? [] : [`${measure}: squares add up to ${sum.toFixed(1)}`]
}
