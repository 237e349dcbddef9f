import { notEnough } from '../stats/estimate.ts'
import { ageOf } from './ages.ts'
import type { PercentileAnswer, RequestAnswer } from './answer.ts'
import type { Findings, Selection } from './findings.ts'
import { ledgerOf } from './ledger.ts'

/** A percentile that longer work makes so many times as long is near the knee. */
export const kneeFactor = 1.5
export const percentilesShown = [50, 90, 95, 99, 99.9] as const

/** What became of the design with all work longer by some share. */
interface WithLongerWork {
  readonly findings: Findings | null
  /** What the same replications found of the design itself; null where they are not paired with it. */
  readonly beside: Findings | null
  /** The backlog grows without end, and requests wait in it. */
  readonly overloaded: boolean
  /** The block whose backlog grows fastest without end, whether requests wait in it or not; null if none does. */
  readonly growing: string | null
}

/** The same design with all work 5 % and 20 % longer. */
export interface Longer {
  readonly by5: WithLongerWork
  readonly by20: WithLongerWork
}

/** Reads everything that is said of requests from what was found. */
export class RequestReader {
  private readonly findings: Findings
  private readonly longer: Longer | null
  /** Overloaded throughout: response times would only say how long was waited until the end. */
  readonly hopeless: boolean

  constructor(findings: Findings, longer: Longer | null, hopeless: boolean) {
    this.findings = findings
    this.longer = longer
    this.hopeless = hopeless
  }

  read(name: string, selection: Selection): RequestAnswer {
    const { findings } = this
    const overloaded = notEnough('the backlog grows without end', findings.replications)
    return {
      name,
      offeredPerSecond: findings.rate(selection, (cell) => cell.offered),
      answeredPerSecond: findings.throughput(selection),
      availability: findings.shareKnown(selection, (cell) => cell.inTime),
      mean: this.hopeless ? overloaded : findings.mean(selection),
      percentiles: this.percentiles(selection, percentilesShown),
      age: ageOf(findings, selection),
      ledger: ledgerOf(findings, selection),
    }
  }

  /** Percentiles of the requests selected; none of an overloaded system. */
  percentiles(selection: Selection, percentiles: readonly number[]): readonly PercentileAnswer[] {
    return this.hopeless ? [] : percentiles.map((percentile) => this.percentile(selection, percentile))
  }

  private percentile(selection: Selection, percentile: number): PercentileAnswer {
    const estimate = this.findings.percentile(selection, percentile)
    const of = (other: Longer['by5'] | undefined) => {
      if (other === undefined || !estimate.enough) return null
      if (other.overloaded) return { ms: Number.POSITIVE_INFINITY, isKnown: true }
      if (other.findings === null) return null
      const found = other.findings.quantile(this.selectionIn(other.findings, selection), percentile)
      if (other.beside === null || found === null) return found
      // Of fewer replications what counts is how much longer they took.
      const own = other.beside.quantile(selection, percentile)
      if (own === null || own.ms === 0) return null
      return { ms: (estimate.point * found.ms) / own.ms, isKnown: found.isKnown && own.isKnown }
    }
    const [by5, by20] = [of(this.longer?.by5), of(this.longer?.by20)]
    const limit = estimate.enough ? estimate.point * kneeFactor : Number.POSITIVE_INFINITY
    const nearKnee = (by5?.ms ?? 0) > limit || (by20?.ms ?? 0) > limit
    const shown = (found: typeof by5) => (found?.isKnown === true ? found.ms : null)
    return { percentile, estimate, longer5: shown(by5), longer20: shown(by20), nearKnee }
  }

  /** A steady run of its own has cells of its own. */
  private selectionIn(findings: Findings, selection: Selection): Selection {
    const isTerminating = findings.plan.endMs === this.findings.plan.endMs
    return isTerminating ? selection : { ...selection, cells: findings.measured }
  }
}
