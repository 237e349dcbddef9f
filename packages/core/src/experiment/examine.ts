import type { ObjectiveAnswer } from './answer.ts'
import type { Claim, ClaimHead } from './claim.ts'
import type { SimulateOptions } from './simulate.ts'
import { type TestAnswer, testDesign } from './test-design.ts'

/** The result of the experiment of a claim. Plain data. */
export interface ClaimAnswer extends Pick<ClaimHead, 'id' | 'claim' | 'verdict' | 'group' | 'concepts'> {
  /**
   * confirmed: every objective was met, so the verdict of the README is right; not-confirmed: one was missed or inconclusive;
   * control-failed: the negative control, which is false, was not missed.
   */
  readonly outcome: 'confirmed' | 'not-confirmed' | 'control-failed'
  readonly found: TestAnswer
  /** The negative control: the claim altered to be false, and its verdict; null if the claim has none. */
  readonly control: { readonly text: string; readonly verdict: ObjectiveAnswer['verdict'] } | null
}

/** Runs the experiment of a claim, and compares its result with the verdict of the README. */
export async function examine(claim: Claim, options: SimulateOptions): Promise<ClaimAnswer> {
  const { id, claim: sentence, verdict, group, concepts, altered } = claim
  const { objectives, ...about } = await testDesign(claim.read, options)
  const own = altered === undefined ? objectives : objectives.slice(0, -1)
  const last = objectives.at(-1)
  const control = altered === undefined || last === undefined ? null : { text: altered, verdict: last.verdict }
  const areMet = own.every((objective) => objective.verdict === 'met')
  const hasFailed = control !== null && control.verdict !== 'missed'
  return {
    ...{ id, claim: sentence, verdict, group, concepts },
    outcome: hasFailed ? 'control-failed' : areMet ? 'confirmed' : 'not-confirmed',
    found: { ...about, objectives: own },
    control,
  }
}
