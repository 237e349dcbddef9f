import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { RunResults, type Selection } from './run-results.ts'

/**
 * RunResults of replications that did not reach a steady state. Every estimate is withheld, also of rates and use: it would
 * be of a transient, and show how short the replications were. Counts stay: they are true of the time looked at.
 */
export class WithheldResults extends RunResults {
  /** Every estimator passes here. */
  override counted(): Estimate {
    return insufficientData('the run ended before steady state', this.replications)
  }

  /** A lower value than in the steady state, which is not known. */
  override quantile(
    selection: Selection,
    percentile: number,
  ): { readonly ms: number; readonly isKnown: boolean } | null {
    const found = super.quantile(selection, percentile)
    return found === null ? null : { ...found, isKnown: false }
  }
}
