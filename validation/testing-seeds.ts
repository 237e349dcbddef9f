import type { Expectation } from '../packages/core/src/experiment/case.ts'
import { prepare } from '../packages/core/src/experiment/pilots.ts'
import { replicate } from '../packages/core/src/experiment/replicate.ts'
import { tasks } from '../packages/core/src/experiment/replications.ts'
import type { RunContext } from '../packages/core/src/experiment/rounds.ts'
import { RunResults } from '../packages/core/src/experiment/run-results.ts'
import type { Runner } from '../packages/core/src/experiment/task.ts'
import { studentQuantile } from '../packages/core/src/stats/student.ts'
import { normalQuantile } from '../packages/core/src/support/normal.ts'
import { nominalWorld } from '../packages/core/src/support/params.ts'
import { caseFolders, caseIn, isQuick } from './testing-cases.ts'

/** How far the runs of seeds 1 to 20 lie from what a case expects, in standard errors, as normal numbers. */
export interface Scores {
  readonly measure: string
  readonly scores: readonly number[]
}

/** Beyond this many standard errors of their mean, twenty scores are off: once in 15,000 times by chance. */
const furthestMean = 4
/** Sums of squares of twenty standard normal numbers stay below this, 99.99 % of the time. */
const largestSum = 52.4

/** Limits of many jobs, and streams that are only nearly Poisson: held to their tolerance, and not to chance. */
const limits = ['q26-burst', 'q26-filling-up', 'n07-tiers']

/** The cases whose runs of many seeds must look like chance. */
export const foldersOfSeeds = caseFolders.filter((folder) => isQuick(folder) && !limits.includes(folder))

const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
/** Two more than a percentile needs. */
const replications = 12
const runner: Runner = (jobs) => Promise.resolve(jobs.map((job) => replicate(job)))

/**
 * Runs every design of a case that has quick expectations once a seed, always as many replications of the same length,
 * so that nothing is stopped because it looks good.
 */
export async function scoresOf(folder: string): Promise<readonly Scores[]> {
  const { designs, expectations } = caseIn(folder)
  const all: Scores[] = []
  for (const [variant, written] of designs) {
    const wanted = expectations.filter((one) => (one.variant ?? '') === variant && !one.slow)
    if (wanted.length === 0) continue
    const design = nominalWorld(written)
    const { plan } = await prepare(design, { options: { runner }, seed: 1, workFactor: 1 })
    const found: RunResults[] = []
    for (const seed of seeds) {
      const context: RunContext = { options: { runner }, seed, workFactor: 1 }
      found.push(new RunResults(design, plan, await runner(tasks({ design, plan }, context, 0, replications))))
    }
    for (const one of wanted)
      all.push({ measure: `${folder} ${variant} ${one.measure}`, scores: found.flatMap((f) => score(f, one)) })
  }
  return all
}

/** Nothing where there is no interval, or where the number cannot vary. */
function score(findings: RunResults, { objective }: Expectation): readonly number[] {
  const measured = findings.measure(objective)
  if (!measured.sufficient || !Number.isFinite(measured.point) || measured.high === measured.low) return []
  const half = (measured.high - measured.low) / 2
  const error = half / studentQuantile(0.5 + measured.confidence / 2, replications - 1)
  return [normalScore((measured.point - objective.bound) / error)]
}

/** The normal number that is as unlikely as this one of Student's t with as many degrees of freedom as there are replications but one. */
function normalScore(t: number): number {
  // The distribution function by bisection over its inverse, which is at hand and exact to 12 digits.
  let low = 1e-12
  let high = 1 - 1e-12
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (studentQuantile(middle, replications - 1) < t) low = middle
    else high = middle
  }
  return normalQuantile((low + high) / 2)
}

/** What does not look like random, in words. */
export function oddities(all: readonly Scores[]): readonly string[] {
  return [...all.flatMap(offCentre), ...all.flatMap(tooWide)]
}

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
