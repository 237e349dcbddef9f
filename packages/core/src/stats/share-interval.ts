import { type Estimate, insufficientData, usualConfidence } from './estimate.ts'
import { ratioOf } from './mean-interval.ts'
import { studentQuantile } from './student.ts'

/**
 * The share of tries in which something happened (errors, stale reads, refusals), from the counts of each independent
 * replication. Within 0 and 1. None in n independent tries gives the bound 3/n (and all in n, 1 - 3/n): the rule of three.
 * Otherwise Wilson's interval, for as many independent tries as would scatter as much as the replications do: tries of
 * one replication that fail together count for fewer than their number, and never for more.
 *
 * Sources: E. B. Wilson, Journal of the American Statistical Association 22, 1927; effective number of tries after
 * E. L. Korn and B. I. Graubard, Survey Methodology 24(2), 1998; rule of three: J. A. Hanley and A. Lippman-Hand, JAMA
 * 249, 1983.
 * @param independent how many of the tries are independent, where several fail or succeed together: where nothing happened,
 * no scatter shows it
 */
export function shareInterval(
  events: ArrayLike<number>,
  tries: ArrayLike<number>,
  confidence = usualConfidence,
  independent = Number.POSITIVE_INFINITY,
): Estimate {
  const replications = tries.length
  let happened = 0
  let tried = 0
  for (let i = 0; i < replications; i += 1) {
    happened += events[i] as number
    tried += tries[i] as number
  }
  if (tried === 0) return insufficientData('no attempts', replications)
  const bound = Math.min(1, 3 / Math.min(tried, independent))
  const sure = { sufficient: true, confidence: usualConfidence, replications } as const
  if (happened === 0) return { ...sure, point: 0, low: 0, high: bound }
  if (happened === tried) return { ...sure, point: 1, low: 1 - bound, high: 1 }
  const ratio = ratioOf(events, tries)
  if (typeof ratio === 'string') return insufficientData(ratio, replications)
  const { point, error } = ratio
  const t = studentQuantile(0.5 + confidence / 2, replications - 1)
  const effective = Math.min(tried, error > 0 ? (point * (1 - point)) / (error * error) : tried)
  const square = (t * t) / effective
  const centre = (point + square / 2) / (1 + square)
  const half = (t * Math.sqrt((point * (1 - point)) / effective + square / (4 * effective))) / (1 + square)
  return {
    sufficient: true,
    point,
    low: Math.max(0, centre - half),
    high: Math.min(1, centre + half),
    confidence,
    replications,
  }
}
