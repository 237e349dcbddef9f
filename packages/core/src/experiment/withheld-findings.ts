import { type Estimate, notEnough } from '../stats/estimate.ts'
import { Findings, type Selection } from './findings.ts'

/**
 * What replications found that did not reach a steady state: counts, rates and use, which settle at once. Every other
 * estimate is withheld, as it would say how short the replications were.
 */
export class WithheldFindings extends Findings {
  override ratio(): Estimate {
    return this.withheld()
  }

  override shareOf(): Estimate {
    return this.withheld()
  }

  /** A lower value than in the steady state, which is not known. */
  override quantile(
    selection: Selection,
    percentile: number,
  ): { readonly ms: number; readonly isKnown: boolean } | null {
    const found = super.quantile(selection, percentile)
    return found === null ? null : { ...found, isKnown: false }
  }

  override percentile(): Estimate {
    return this.withheld()
  }

  override blockPercentile(): Estimate {
    return this.withheld()
  }

  override blockRatio(): Estimate {
    return this.withheld()
  }

  override blockShare(): Estimate {
    return this.withheld()
  }

  override inside(): Estimate {
    return this.withheld()
  }

  private withheld(): Estimate {
    return notEnough('the run ended before it had measured a steady state', this.replications)
  }
}
