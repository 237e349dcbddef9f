export { hasWindows } from './before-run/run-kind.ts'
export type * from './experiment/answer.ts'
export { NotBegun } from './experiment/building.ts'
export { type CapacityAnswer, type CapacityPoint, capacity } from './experiment/capacity.ts'
export { type CaseFiles, type CaseResult, readCase, type ValidationCase } from './experiment/case.ts'
export { catalogue } from './experiment/catalogue.ts'
export { type Claim, type ClaimFiles, type ClaimResult, readClaim } from './experiment/claim.ts'
export { compare } from './experiment/compare.ts'
export { type Concept, partNames, readConcepts } from './experiment/concepts.ts'
export { type Crowd, crowdOf, crowdSaid, remedyForCrowd } from './experiment/crowd.ts'
export { defineDesign } from './experiment/define-design.ts'
export { type ClaimAnswer, examine } from './experiment/examine.ts'
export { type FirstReplication, firstReplication } from './experiment/first-replication.ts'
export { steadyPlan } from './experiment/plan.ts'
export { replicate } from './experiment/replicate.ts'
export { interruption } from './experiment/replications.ts'
export { type SensitivityAnswer, type SensitivityRow, sensitivity } from './experiment/sensitivity.ts'
export { type Progress, type SimulateOptions, simulate } from './experiment/simulate.ts'
export type { Host, Replicate, Runner, Task } from './experiment/task.ts'
export {
  type AnyObjectiveAnswer as PromiseAnswer,
  objectiveOf as promiseOf,
  type TestAnswer,
  testDesign,
} from './experiment/test-design.ts'
export {
  type CaseAnswer,
  type CaseVerdict,
  type ExpectationAnswer,
  usualEvents,
  type ValidateOptions,
  validate,
} from './experiment/validate.ts'
export type { Design, Objective, Relation } from './language/design.ts'
export {
  designSchema,
  fixDesign,
  type Places,
  printProblem,
  type ReadOptions,
  type ReadResult,
  readDesign,
  readObject,
  readValue,
  type Told,
} from './language/index.ts'
export { type Finding, review, reviewRules } from './review/review.ts'
export type { Rule as ReviewRule } from './review/rule.ts'
export type { Estimate, InsufficientData } from './stats/estimate.ts'
export { replicationsForQuantile } from './stats/quantile-interval.ts'
export type { FileReader } from './support/params/reading.ts'
export type { Assumption } from './support/params.ts'
export type { Problem, ProblemKind } from './support/problem.ts'

/** Version of the answers: the same design, seed and version give the same bytes. */
export const version = '0.1.0'
