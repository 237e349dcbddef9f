import type { ObjectiveAnswer } from './answer.ts'
import type { Claim, ClaimHead } from './claim.ts'
import type { SimulateOptions } from './simulate.ts'
import { type TestAnswer, testDesign } from './test-design.ts'

/** What an experiment says of a claim. Plain data. */
export interface ClaimAnswer extends Pick<ClaimHead, 'id' | 'claim' | 'verdict' | 'group' | 'concepts'> {
  /**
   * stands: every objective was held; fell: one was missed or undecided, so the verdict is not what the README says;
   * judge-broken: the canary, which is false, was not found out.
   */
  readonly outcome: 'stands' | 'fell' | 'judge-broken'
  readonly found: TestAnswer
  /** The claim altered to be false, and what became of it. */
  readonly canary: { readonly text: string; readonly verdict: ObjectiveAnswer['verdict'] } | null
}

/** Runs the experiment of a claim, and says whether its verdict stands. */
export async function examine(claim: Claim, options: SimulateOptions): Promise<ClaimAnswer> {
  const { id, claim: sentence, verdict, group, concepts, altered } = claim
  const { objectives, ...about } = await testDesign(claim.read, options)
  const own = altered === undefined ? objectives : objectives.slice(0, -1)
  const last = objectives.at(-1)
  const canary = altered === undefined || last === undefined ? null : { text: altered, verdict: last.verdict }
  const kept = own.every((objective) => objective.verdict === 'met')
  const isBroken = canary !== null && canary.verdict !== 'missed'
  return {
    ...{ id, claim: sentence, verdict, group, concepts },
    outcome: isBroken ? 'judge-broken' : kept ? 'stands' : 'fell',
    found: { ...about, objectives: own },
    canary,
  }
}
