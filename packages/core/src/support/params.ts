/** The parameter vocabulary: what a field of a block, policy, distribution, fault or run setting can be. */

export { type Chosen, policy } from './params/chosen.ts'
export { either, list, named } from './params/collections.ts'
export { distribution } from './params/distribution.ts'
export { familiesIn } from './params/families.ts'
export { file } from './params/file.ts'
export { type KOfN, kOfN } from './params/k-of-n.ts'
export { name } from './params/name.ts'
export type { Notation } from './params/node.ts'
export { type NumberAt, numbersIn } from './params/numbers.ts'
export type { Inputs, Param, Params, Values } from './params/param.ts'
export { type Percentile, percentile } from './params/percentile.ts'
export { portion, portionOf } from './params/portion.ts'
export {
  amount,
  bandwidth,
  count,
  duration,
  factor,
  frequency,
  price,
  rate,
  share,
  size,
  trafficPrice,
  weight,
} from './params/quantity.ts'
export type { Assumption } from './params/reading.ts'
export { record } from './params/record.ts'
export { type Reference, reference } from './params/reference.ts'
export { steps } from './params/steps.ts'
export { drawWorld, nominalWorld } from './params/uncertain.ts'
export { visitFields } from './params/visit.ts'
export { choice, text } from './params/words.ts'
export type { Registry } from './registry.ts'
