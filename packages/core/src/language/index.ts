/** The language: text to a checked design. It receives what a design may be made of as an argument. */

export { parseText } from './1-parse/parse.ts'
export type { Places } from './2-check/places.ts'
export { fixDesign } from './fix.ts'
export { printProblem, type Told } from './print-problem.ts'
export { problemKindsOf } from './problem-kinds.ts'
export { type ReadOptions, type ReadResult, readDesign, readObject } from './read-design.ts'
export { readValue } from './read-value.ts'
export { designSchema } from './schema.ts'
