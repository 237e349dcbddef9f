import { registry } from '../support/registry.ts'
import { shareLost, shareLostInAll } from './acknowledged.ts'
import { agesOfBlock, agesOfRequests } from './ages.ts'
import { callMeasures, refusedAttempts } from './call-measures.ts'
import { connectionMeasures } from './connection-measures.ts'
import { costPerHour } from './cost.ts'
import { doneMeasures } from './done-measures.ts'
import {
  callsPerRequest,
  failedAs,
  type Measure,
  meanOfCalls,
  measure,
  ratioOfCounts,
  rejectedAt,
  shareOfCalls,
} from './measure.ts'
import { errorWords, timeWords } from './measure-words.ts'
import { messageMeasures } from './message-measures.ts'
import { occupancy, utilization } from './use.ts'
import { wellAgain } from './well-again.ts'

/** Measures of a line in front of workers; how long each waited is not kept for every instance. */
const ofLine = { needs: ['waiting'], ofInstance: 'one' } as const
const waitOfLine = { ...ofLine, grows: 'at the block' } as const

const waitPercentile = (percentile: number): Measure =>
  measure(
    `wait-p${percentile}`,
    'duration',
    `${percentile}th percentile of the wait`,
    `${percentile} % of the calls that began work waited less for a worker.`,
    { ofBlock: (results, block) => results.blockPercentile(block, 'wait', percentile) },
    waitOfLine,
  )

/** Every measure, one entry each. */
export const measures = registry<Measure>('measure', [
  measure(
    'mean',
    'duration',
    'Mean response time',
    'Of the requests that arrived in the time asked about and were answered; of a block, of the calls that were done in it.',
    {
      ofRequests: (results, selection) => results.mean(selection),
      ofBlock: meanOfCalls(
        'stay',
        (cell) => cell.doneMs,
        (cell) => cell.done,
      ),
    },
    {
      mistakenFor: ['average', 'avg'],
      insteadOf: timeWords,
      overloaded: Number.POSITIVE_INFINITY,
      grows: 'at the block',
      ofInstance: 'one',
    },
  ),
  measure(
    'percentile',
    'duration',
    'Percentile of the response time',
    '`p50`, `p99`, `p99.9`: so many per cent are answered sooner. What is never answered counts as slower than all.',
    {
      ofRequests: (results, selection, percentile) => results.percentile(selection, percentile),
      ofBlock: (results, block, _cells, percentile) => results.blockPercentile(block, 'time-in-block', percentile),
    },
    { overloaded: Number.POSITIVE_INFINITY, grows: 'at the block', ofInstance: 'one' },
  ),
  ...doneMeasures,
  measure(
    'availability',
    'share',
    'Availability',
    'Share of requests answered, within the deadline where there is one.',
    {
      ofRequests: (results, selection) => results.shareKnown(selection, (cell) => cell.inTime),
    },
    { mistakenFor: ['success-rate', 'success', 'uptime'], insteadOf: errorWords, overloaded: 0 },
  ),
  measure(
    'answered',
    'share',
    'Answered',
    'Share of requests answered, however late.',
    { ofRequests: (results, selection) => results.shareKnown(selection, (cell) => cell.answered) },
    { overloaded: 0 },
  ),
  measure(
    'rejected',
    'share',
    'Rejected',
    'Share turned away at once: no room, no healthy target, down; of guarded calls, the share that their guards refuse.',
    {
      ofRequests: (results, selection) => results.shareKnown(selection, failedAs('rejected')),
      ofBlock: shareOfCalls(rejectedAt, (cell) => cell.arrived),
      ofCalls: refusedAttempts,
    },
    { ofInstance: 'one', aliases: ['refused'], needsOfCalls: ['guards'] },
  ),
  measure('timed-out', 'share', 'Timed out', 'Share of requests whose caller gave up.', {
    ofRequests: (results, selection) => results.shareKnown(selection, failedAs('timed-out')),
  }),
  measure('lost', 'share', 'Lost', 'Share of requests that ended with a crash or a lost message.', {
    ofRequests: (results, selection) => results.shareKnown(selection, failedAs('lost')),
  }),
  measure(
    'stale',
    'share',
    'Stale',
    'Share of the answers that lack a change which had taken effect before they were requested.',
    { ofRequests: agesOfRequests.stale, ofBlock: agesOfBlock.stale },
    { needs: ['shown'] },
  ),
  measure(
    'staleness',
    'duration',
    'Staleness',
    'Mean age of stale answers: time from the first missing change to the request.',
    { ofRequests: agesOfRequests.staleness, ofBlock: agesOfBlock.staleness },
    { needs: ['shown'] },
  ),
  measure(
    'versions-behind',
    'factor',
    'Versions behind',
    'Of the stale answers: mean number of changes that they lack.',
    { ofRequests: agesOfRequests.versionsBehind, ofBlock: agesOfBlock.versionsBehind },
    { needs: ['shown'] },
  ),
  measure(
    'throughput',
    'rate',
    'Throughput',
    'Answers per second, by the time of the answer.',
    {
      ofRequests: (results, selection) => results.throughput(selection),
      ofBlock: (results, block, cells) => results.blockRate(block, (cell) => cell.done, cells),
    },
    { ofInstance: 'one' },
  ),
  measure(
    'offered',
    'rate',
    'Offered',
    'Requests or calls per second that come, those included that wait for a connection.',
    {
      ofRequests: (results, selection) => results.rate(selection, (cell) => cell.offered),
      ofBlock: (results, block, cells) => results.blockRate(block, (cell) => cell.offered, cells),
    },
    { ofInstance: 'one' },
  ),
  measure(
    'utilization',
    'share',
    'Utilization',
    'Share of its cores in use, of a link that of its bandwidth. Of several instances the fullest decides, where it is significantly fuller than the mean of all.',
    { ofBlock: utilization },
    {
      aliases: ['utilisation'],
      mistakenFor: ['cpu', 'load', 'usage', 'busy', 'cpu-usage', 'saturation'],
      needs: ['cores', 'bandwidth'],
      ofInstance: 'one or fullest',
    },
  ),
  measure(
    'occupancy',
    'share',
    'Occupancy of workers',
    'Share of its workers held, computing or not. Of several instances the fullest decides, as for `utilization`.',
    { ofBlock: occupancy },
    { needs: ['workers'], ofInstance: 'one or fullest' },
  ),
  measure(
    'in-flight',
    'factor',
    'In flight',
    'Mean number of requests or calls in flight.',
    {
      ofRequests: (results, selection) => results.inFlight(selection),
      ofBlock: (results, block, cells) => results.blockInFlight(block, cells),
    },
    { of: ['design', 'block'], aliases: ['inside'], grows: 'at the block', ofInstance: 'one' },
  ),
  measure(
    'queue-length',
    'factor',
    'Queue length',
    'Mean number of calls that wait for a worker.',
    { ofBlock: (results, block, cells) => results.queueLength(block, 'waiting', cells) },
    {
      aliases: ['queue'],
      mistakenFor: ['backlog', 'depth', 'queue-depth', 'lag', 'waiting', 'length'],
      needs: ['waiting'],
      grows: 'at the block',
      ofInstance: 'one or fullest',
    },
  ),
  measure(
    'wait-mean',
    'duration',
    'Mean wait',
    'Mean time in line for a worker, of the calls that began work.',
    {
      ofBlock: meanOfCalls(
        'wait',
        (cell) => cell.waitMs,
        (cell) => cell.begun,
      ),
    },
    waitOfLine,
  ),
  waitPercentile(50),
  waitPercentile(90),
  waitPercentile(95),
  waitPercentile(99),
  measure(
    'waited',
    'share',
    'Share that waited',
    'Share of the calls that began work which had to wait for a worker.',
    {
      ofBlock: shareOfCalls(
        (cell) => cell.waited,
        (cell) => cell.begun,
      ),
    },
    ofLine,
  ),
  ...messageMeasures,
  ...connectionMeasures,
  ...callMeasures,
  measure(
    'hit-ratio',
    'share',
    'Hit ratio',
    'Hits over look-ups of a cache. Excludes calls that bypass the cache while it is down.',
    {
      ofBlock: ratioOfCounts(['hits'], ['hits', 'misses'], 'share'),
    },
    { needs: ['hits'], ofInstance: 'one or fullest' },
  ),
  measure(
    'acknowledged-lost',
    'share',
    'Acknowledged, then lost',
    'Share of the messages or writes that a block acknowledged in advance and lost afterwards: dropped, in a crash, or as their work failed.',
    {
      ofRequests: (results, { cells }) => shareLostInAll(results, cells),
      ofBlock: (results, block, cells) => shareLost(results, [block], cells),
    },
    { of: ['design', 'block'], aliases: ['writes-lost'], needs: ['acknowledged'] },
  ),
  measure(
    'invalidations-per-change',
    'factor',
    'Invalidations per change',
    'Entries that a node invalidates for one change that it is notified of.',
    { ofBlock: ratioOfCounts(['invalidated'], ['changes-heard']) },
    { aliases: ['removals'], needs: ['changes-heard'] },
  ),
  measure(
    'duplicates',
    'share',
    'Duplicates',
    'Share of the calls done that had been done before: by another attempt of the same call, or of one above it.',
    { ofBlock: ratioOfCounts(['duplicates'], ['done-of-those']) },
    { needs: ['duplicates'] },
  ),
  measure(
    'calls-per-request',
    'factor',
    'Calls per request',
    'Calls that arrive at the block per request offered to the design.',
    {
      ofBlock: callsPerRequest,
    },
    { aliases: ['attempts'], ofInstance: 'one' },
  ),
  measure(
    'well-again',
    'duration',
    'Time until well again',
    'From the end of an event until requests are answered as before it: the mean response time is at most a tenth longer, and at most one request in a hundred more is not answered. Of several events, the longest; with `after <fault>`, of that fault.',
    { ofRequests: (results, { window }) => wellAgain(results, window) },
    { of: ['design'] },
  ),
  measure(
    'cost',
    'price',
    'Cost',
    'Price of what is rented and of what is carried.',
    { ofRequests: (results) => costPerHour(results) },
    { of: ['design'] },
  ),
])
