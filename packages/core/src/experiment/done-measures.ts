import { doneMean, donePercentile } from './done.ts'
import { type Measure, measure } from './measure.ts'

const donePercentileOf = (percentile: number): Measure =>
  measure(
    `done-p${percentile}`,
    'duration',
    `${percentile}th percentile of the time until done`,
    `${percentile} % of the requests are done sooner, with all messages that they set off. What is lost counts as slower than all.`,
    { ofRequests: (results, selection) => donePercentile(results, selection, percentile) },
    { overloaded: Number.POSITIVE_INFINITY, grows: 'behind requests' },
  )

/** Measures of the time until a request and all messages that it set off are done. */
export const doneMeasures: readonly Measure[] = [
  measure(
    'done',
    'duration',
    'Mean time until done',
    'From the arrival of a request until it is answered and all messages that it set off are done; means over requests of which none failed.',
    { ofRequests: doneMean },
    { overloaded: Number.POSITIVE_INFINITY, grows: 'behind requests' },
  ),
  donePercentileOf(50),
  donePercentileOf(90),
  donePercentileOf(95),
  donePercentileOf(99),
]
