import type { Passages } from '../../../calls/callee-passages.ts'
import type { Repeating } from '../../../calls/repeating.ts'
import type { Handler } from '../../../kernel/agenda.ts'
import type { Call } from '../../../kernel/call.ts'
import type { Holding } from '../../../kernel/holding.ts'
import type { Simulation } from '../../../kernel/simulation.ts'
import type { Definition } from '../../../support/definition.ts'
import type { ChosenDistribution } from '../../../support/distributions/distribution.ts'
import type { Chosen, Params, Reference, Values } from '../../../support/params.ts'
import type { Block, Draw, Edge } from '../../block.ts'

/**
 * One operation of a compiled endpoint. `run` does it for a visit and says what comes next, or null if the visit has
 * to wait; whatever it waits for then continues with `Program.resume`.
 */
export interface Op {
  run(visit: Call): Op | null
}

/** What a step sees of the service while its endpoint is compiled. */
export interface Compiler {
  readonly simulation: Simulation
  /** Index of the service: where a time-out of one of its calls arises. */
  readonly block: number
  /** The endpoint's name: what calls without an operation request. */
  readonly endpoint: string
  /** Clock of the cores, Hz, if the service gives it. */
  readonly clockHz: number | undefined
  /** Whether calls wait no longer than the callers of the service. */
  readonly obeysDeadlines: boolean
  /** A hash for this step, different for every step and every repetition of it. */
  site(): number
  /** Compiles `steps` so that `next` follows them. */
  sequence(steps: readonly Chosen[], next: Op): Op
  lookup(reference: Reference): Block
  /** What repeating a call of this endpoint to a block leads to. */
  repeating(to: Reference): Repeating
  /** The ways of the instances to blocks: all calls to one share the guards that they are made with. */
  readonly passages: Passages
  /** What visits hold when they come to this step. */
  readonly holding: Holding | null
  /** For steps during which visits hold something. */
  within(holding: Holding | null): Compiler
  readonly program: Program
}

/** What a service does for the visits of its program. */
export interface Program {
  /** Does the `workMs` of the visit once it has a worker, then continues with `next`. */
  compute(visit: Call, next: Op): void
  /** Lets the `workMs` of the visit pass without a core, then runs `then`. */
  pass(visit: Call, then: Handler<Call>): void
  /** Whether a fault can change how long anything takes here. */
  readonly canSlow: boolean
  /** Lets go of the worker if this service does so while it waits. */
  release(visit: Call): void
  /** Goes on with `op`. */
  resume(visit: Call, op: Op): void
  /** Ends the visit with a failure. */
  fail(visit: Call, outcome: number): void
  /** The end of a branch of a parallel step. */
  readonly join: Op
}

/** One kind of step of an endpoint: its parameters, and how it is compiled. */
export interface StepType<P extends Params = Params> extends Definition<P> {
  /** Whether it makes the visit do several things at once. */
  readonly forks?: true
  /** How large the answer is, of a step that says so. */
  answerSize?(values: Values<P>): ChosenDistribution
  /** The lists of steps inside it. */
  inside?(values: Values<P>): readonly (readonly Chosen[])[]
  /** How many copies of each run at once, if more than one. */
  copies?(values: Values<P>): number
  compile(values: Values<P>, compiler: Compiler, next: Op): Op
  /** Calls it makes per run of the step, with `edgesOf` for steps inside it. */
  calls?(values: Values<P>, edgesOf: (steps: readonly Chosen[]) => readonly Edge[]): readonly Edge[]
  /** Expected work of one run of the step in ms, with `workOf` for steps inside it and the clock of the cores. */
  work?(values: Values<P>, workOf: (steps: readonly Chosen[]) => number, clockHz: number | undefined): number
  /** What one run of the step draws time from, with `drawsOf` for steps inside it. */
  draws?(
    values: Values<P>,
    drawsOf: (steps: readonly Chosen[]) => readonly Draw[],
    clockHz: number | undefined,
  ): readonly Draw[]
}

export function step<P extends Params>(definition: StepType<P>): StepType<P> {
  return definition
}
