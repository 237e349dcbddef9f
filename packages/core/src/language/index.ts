/** The language: text to a checked design. It receives what a design may be made of as an argument. */
export { parseText } from './1-parse/parse.ts'
export type {
  BlockDefinition,
  CallEdge,
  Catalogue,
  MeasureDefinition,
  SubjectKind,
  TrafficDefinition,
} from './catalogue.ts'
export { type DesignInput, designer } from './define.ts'
export type { BlockValues, Design, NamedValues, Objective, Operator, Subject, UncertainField } from './design.ts'
export { type Fixed, fixDesign } from './fix.ts'
export { printProblem, type Style } from './print-problem.ts'
export { problemKindsOf } from './problem-kinds.ts'
export { type ReadOptions, type ReadResult, readDesign, readObject } from './read-design.ts'
export { designSchema } from './schema.ts'
