import type { Definition } from '../definition.ts'
import type { Params, Values } from '../params.ts'

/** A source of uniform numbers in the open interval (0, 1), 53 bits each. */
export interface UniformSource {
  next(): number
}

/** A distribution with its parameters filled in; numbers are in the base unit of the quantity it describes. */
export interface Sampler {
  /**
   * One draw. Takes as many uniform numbers as the distribution needs. By inversion (monotone in one uniform) where it can,
   * except for the exponential, which is drawn most often and is twice as fast by the ziggurat.
   */
  sample(source: UniformSource): number
  /**
   * What is left of a draw that is under way at a random moment, as in the long run: a uniform part of a draw chosen in
   * proportion to its length. Where the distribution has no mean there is no long run, and it is a fresh draw.
   * Source: D. R. Cox, Renewal Theory, Methuen, 1962, ch. 5.
   */
  residual(source: UniformSource): number
  /** Expected value; Infinity where the distribution has none. */
  readonly mean: number
  /** Variance over squared mean; Infinity where the distribution has none. */
  readonly squaredCoefficientOfVariation: number
  /** The value if every draw is the same, else undefined: constant delays wait in O(1) lanes. */
  readonly constant?: number
}

/** One distribution: its parameters in the terms people know, and how to draw from it. */
export interface Distribution<P extends Params = Params> extends Definition<P> {
  /**
   * What is wrong with these parameters taken together (one missing, two in conflict, one beyond another), as one
   * sentence without its full stop; undefined if nothing is. Each is already known to keep its own bounds.
   */
  check?(values: Values<P>): string | undefined
  /** Only for values that `check` accepts. */
  create(values: Values<P>): Sampler
  /**
   * Share of the moment of this order that lies in values rarer than this share of all draws; 1 where the moment is infinite.
   * Absent where that is little however many draws a run makes.
   */
  momentBeyond?(values: Values<P>, order: 1 | 2, rarity: number): number
}

/** Lets the compiler know the parameters of a distribution from its definition. */
export function defineDistribution<P extends Params>(distribution: Distribution<P>): Distribution<P> {
  return distribution
}

/** A distribution chosen in a design: plain data. */
export interface ChosenDistribution {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
  /** Of a time given in clock cycles; without it the values are in base units. */
  readonly unit?: 'cycles'
  /** The clock at which these cycles pass, Hz: set by `atClock`. */
  readonly clockHz?: number
}
