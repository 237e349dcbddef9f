/** The parameter vocabulary: what a field of a block, policy, law, fault or run setting can be. */

export type { Definition, FieldComplaint, FieldReport } from './definition.ts'
export type { ChosenLaw } from './laws/law.ts'
export { type Chosen, type ChosenInput, type Family, policy } from './params/chosen.ts'
export { either, list, named, record } from './params/collections.ts'
export { file } from './params/file.ts'
export { type LawInput, law } from './params/law.ts'
export type { Notation } from './params/node.ts'
export type { Inputs, Param, ParamFacts, Params, Values } from './params/param.ts'
export {
  amount,
  type Bounds,
  bandwidth,
  count,
  duration,
  factor,
  price,
  rate,
  share,
  size,
  trafficPrice,
  weight,
} from './params/quantity.ts'
export type { Assumption, Complaint } from './params/reading.ts'
export { type Reference, type ReferenceTarget, reference } from './params/reference.ts'
export { type StepInput, steps } from './params/steps.ts'
export { drawWorld, isUncertain, nominalWorld, type Uncertain } from './params/uncertain.ts'
export { choice, text } from './params/words.ts'
export type { Registry } from './registry.ts'
