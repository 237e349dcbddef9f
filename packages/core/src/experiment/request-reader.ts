import type { Estimate } from '../stats/estimate.ts'
import { ageOf } from './ages.ts'
import type { PercentileAnswer, RequestAnswer } from './answer.ts'
import { doneOf } from './done.ts'
import { ledgerOf } from './ledger.ts'
import type { RunResults, Selection } from './run-results.ts'
import { growing } from './unanswered.ts'

/** A percentile that longer work makes so many times as long is near the knee. */
const kneeFactor = 1.5
export const percentilesShown = [50, 90, 95, 99, 99.9] as const

/** What a design answers with all work longer by some share. */
interface WithLongerWork {
  readonly results: RunResults | null
  /** What the same replications found of the design itself; null where they are not paired with it. */
  readonly beside: RunResults | null
  /** The backlog grows without limit, and requests wait in it. */
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
  private readonly results: RunResults
  private readonly longer: Longer | null
  /** Kinds of request that wait ever longer: their response times would only say how long was waited until the end. */
  private readonly endless: ReadonlySet<number>
  /** Whether a resource is so full that longer work can bring it near its limit. */
  private readonly isLoaded: boolean

  constructor(results: RunResults, longer: Longer | null, endless: ReadonlySet<number>, isLoaded = true) {
    this.results = results
    this.longer = longer
    this.endless = endless
    this.isLoaded = isLoaded
  }

  /** Whether some of the requests wait ever longer. */
  isHopeless({ kinds }: Selection): boolean {
    return kinds.some((kind) => this.endless.has(kind))
  }

  read(name: string, selection: Selection): RequestAnswer {
    const { results } = this
    const isHopeless = this.isHopeless(selection)
    return {
      name,
      offeredPerSecond: results.rate(selection, (cell) => cell.offered),
      throughputPerSecond: results.throughput(selection),
      availability: results.shareKnown(selection, (cell) => cell.inTime),
      mean: isHopeless ? growing(results) : results.mean(selection),
      percentiles: this.percentiles(selection, percentilesShown),
      ...(isHopeless ? {} : doneOf(results, selection)),
      age: ageOf(results, selection),
      ledger: ledgerOf(results, selection),
    }
  }

  /** Percentiles of the requests selected; none where some of them wait ever longer. */
  percentiles(selection: Selection, percentiles: readonly number[]): readonly PercentileAnswer[] {
    return this.isHopeless(selection) ? [] : percentiles.map((percentile) => this.percentile(selection, percentile))
  }

  private percentile(selection: Selection, percentile: number): PercentileAnswer {
    const estimate = this.results.percentile(selection, percentile)
    if (!estimate.sufficient || this.longer === null) {
      return {
        percentile,
        estimate,
        serviceTimePlus5: null,
        serviceTimePlus20: null,
        serviceTimePlusUnknown: null,
        nearKnee: false,
      }
    }
    const { by5, by20 } = this.longer
    const [found5, found20] = [by5, by20].map((run) => this.withLonger(run, selection, percentile, estimate.point))
    const serviceTimePlus5 = notShorter(found5?.ms ?? null, estimate.point, estimate)
    const serviceTimePlus20 = notShorter(found20?.ms ?? null, serviceTimePlus5 ?? estimate.point, estimate)
    const nearKnee = isNearKnee(
      estimate.point,
      [serviceTimePlus5, serviceTimePlus20],
      this.isLoaded || by5.overloaded || by20.overloaded,
    )
    const shown = (found: typeof found5, ms: number | null) => (found?.isKnown === true ? ms : null)
    const [shown5, shown20] = [shown(found5, serviceTimePlus5), shown(found20, serviceTimePlus20)]
    const unknown =
      shown5 === null ? { run: by5, found: found5 } : shown20 === null ? { run: by20, found: found20 } : null
    const serviceTimePlusUnknown = unknown === null ? null : whyUnknown(unknown.run, unknown.found ?? null)
    return {
      percentile,
      estimate,
      serviceTimePlus5: shown5,
      serviceTimePlus20: shown20,
      serviceTimePlusUnknown: serviceTimePlusUnknown,
      nearKnee,
    }
  }

  /** The percentile where all work is longer; null where that run does not tell it. */
  private withLonger(run: WithLongerWork, selection: Selection, percentile: number, pointMs: number): Found | null {
    if (run.overloaded) return { ms: Number.POSITIVE_INFINITY, isKnown: true }
    if (run.results === null) return null
    const found = run.results.quantile(this.selectionIn(run.results, selection), percentile)
    if (run.beside === null || found === null) return found
    // Of fewer replications what counts is how much longer they took.
    const own = run.beside.quantile(selection, percentile)
    if (own === null || own.ms === 0) return null
    return { ms: (pointMs * found.ms) / own.ms, isKnown: found.isKnown && own.isKnown }
  }

  /** A steady run of its own has cells of its own. */
  private selectionIn(results: RunResults, selection: Selection): Selection {
    const isTerminating = results.plan.endMs === this.results.plan.endMs
    return isTerminating ? selection : { ...selection, cells: results.measured }
  }
}

/** A percentile without an interval, as `RunResults.quantile` gives it. */
type Found = NonNullable<ReturnType<RunResults['quantile']>>

/**
 * A percentile with longer work beside the one with less, ms. Where it is shorter by less than the interval of the design's
 * own, the two are the same: that interval reaches at least over the bucket in which an atom of the distribution lies.
 */
function notShorter(
  ms: number | null,
  lessMs: number,
  { point, low }: Extract<Estimate, { sufficient: true }>,
): number | null {
  return ms !== null && ms < lessMs && ms * point >= lessMs * low ? lessMs : ms
}

/**
 * Whether a percentile is near the knee: longer work makes it much longer because a resource can saturate. Where all resources
 * are far from that, such a percentile lies at a step of its distribution, past which longer work takes it.
 */
export function isNearKnee(pointMs: number, longerMs: readonly (number | null)[], canSaturate: boolean): boolean {
  return canSaturate && Math.max(...longerMs.map((ms) => ms ?? 0)) > pointMs * kneeFactor
}

function whyUnknown({ growing }: WithLongerWork, found: Found | null): string {
  if (found !== null)
    return 'too many requests have no answer at the end of replications as long as those of the design'
  if (growing === null) return 'too few observations lie beyond the percentile'
  return `the backlog at ${growing} grows without limit, and the run ends before enough observations lie beyond the percentile`
}
