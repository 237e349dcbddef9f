import { reasonByCode, reasonOf } from '../kernel/outcome.ts'
import type { MeasureDefinition } from '../language/catalogue.ts'
import type { Objective } from '../language/design.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { Range } from '../stats/mean-interval.ts'
import { registry } from '../support/registry.ts'
import { shareLost, shareLostInAll } from './acknowledged.ts'
import { agesOfBlock, agesOfRequests } from './ages.ts'
import { connectionMeasures } from './connection-measures.ts'
import { costPerHour } from './cost.ts'
import type { Findings, Selection } from './findings.ts'
import { unlessRareAt } from './rare-draws.ts'
import type { BlockCell, KindCell } from './task.ts'
import { meanOfCallsNotKnown } from './unanswered.ts'
import { occupancy, utilisation } from './use.ts'

/** Something that an objective, a case or a comparison can name, and how it is read from what was found. */
export interface Measure extends MeasureDefinition {
  /**
   * What becomes of it, of requests, where a backlog grows without end: of a time always, for measured it would only say
   * how long the run was; of a share where there is no measurement.
   */
  readonly overloaded?: number
  ofRequests?(findings: Findings, selection: Selection, percentile: number): Estimate
  ofBlock?(findings: Findings, block: number, cells: readonly number[], percentile: number): Estimate
}

type Readers = Pick<Measure, 'ofRequests' | 'ofBlock'>

function measure(
  name: string,
  dimension: MeasureDefinition['dimension'],
  title: string,
  summary: string,
  readers: Readers,
  more: Partial<Pick<Measure, 'of' | 'aliases' | 'overloaded' | 'needs' | 'ofInstance'>> = {},
): Measure {
  const requests = readers.ofRequests === undefined ? [] : (['request', 'traffic', 'design'] as const)
  const blocks = readers.ofBlock === undefined ? [] : (['block'] as const)
  return { name, dimension, title, summary, of: [...requests, ...blocks], params: {}, ...readers, ...more }
}

const failedAs = (ledger: string) => (cell: KindCell) =>
  cell.failed.reduce((sum, [outcome, count]) => sum + (reasonOf(outcome)?.ledger === ledger ? count : 0), 0)

function refusedAt(cell: BlockCell): number {
  return cell.failed.reduce((sum, count, code) => sum + (reasonByCode[code]?.ledger === 'refused' ? count : 0), 0)
}

/** The mean of a time of the calls that got so far, unless too many have not at the end. */
const meanOfCalls = (
  of: 'stay' | 'wait',
  above: (cell: BlockCell) => number,
  below: (cell: BlockCell) => number,
): Required<Readers>['ofBlock'] => {
  return (findings, block, cells) =>
    meanOfCallsNotKnown(findings, block, cells) ??
    unlessRareAt(findings, block, of, findings.blockRatio(block, above, below, cells))
}

/** The share of the calls of a block that `whole` counts. */
const shareOfCalls = (
  part: (cell: BlockCell) => number,
  whole: (cell: BlockCell) => number,
): Required<Readers>['ofBlock'] => {
  return (findings, block, cells) => findings.blockShare(block, part, whole, cells)
}

/** What a block counted of one thing, over what it counted of another. */
const ratioOfCounts = (
  above: readonly string[],
  below: readonly string[],
  range?: Range,
): Required<Readers>['ofBlock'] => {
  return (findings, block, cells) => findings.counterRatio(block, above, below, cells, range)
}

/** Measures of a line in front of workers; how long each waited is not kept for every instance. */
const ofLine = { needs: ['waiting'], ofInstance: 'one' } as const

const waitPercentile = (percentile: number): Measure =>
  measure(
    `wait-p${percentile}`,
    'duration',
    `${percentile}th percentile of the wait`,
    `${percentile} % of the calls that began work waited less for a worker.`,
    { ofBlock: (findings, block) => findings.blockPercentile(block, 'wait', percentile) },
    ofLine,
  )

/** Every measure, one entry each. */
export const measures = registry<Measure>('measure', [
  measure(
    'mean',
    'duration',
    'Mean response time',
    'Of the requests that arrived in the time asked about and were answered; of a block, of the calls that were done in it.',
    {
      ofRequests: (findings, selection) => findings.mean(selection),
      ofBlock: meanOfCalls(
        'stay',
        (cell) => cell.doneMs,
        (cell) => cell.done,
      ),
    },
    { overloaded: Number.POSITIVE_INFINITY, ofInstance: 'one' },
  ),
  measure(
    'percentile',
    'duration',
    'Percentile of the response time',
    '`p50`, `p99`, `p99.9`: so many per cent are answered sooner. What is never answered counts as slower than all.',
    {
      ofRequests: (findings, selection, percentile) => findings.percentile(selection, percentile),
      ofBlock: (findings, block, _cells, percentile) => findings.blockPercentile(block, 'sojourn', percentile),
    },
    { overloaded: Number.POSITIVE_INFINITY, ofInstance: 'one' },
  ),
  measure(
    'availability',
    'share',
    'Availability',
    'Share of requests answered, within the deadline where there is one.',
    {
      ofRequests: (findings, selection) => findings.shareKnown(selection, (cell) => cell.inTime),
    },
    { overloaded: 0 },
  ),
  measure(
    'answered',
    'share',
    'Answered',
    'Share of requests answered, however late.',
    { ofRequests: (findings, selection) => findings.shareKnown(selection, (cell) => cell.answered) },
    { overloaded: 0 },
  ),
  measure(
    'refused',
    'share',
    'Refused',
    'Share turned away at once: no room, no healthy target, down.',
    {
      ofRequests: (findings, selection) => findings.shareKnown(selection, failedAs('refused')),
      ofBlock: shareOfCalls(refusedAt, (cell) => cell.arrived),
    },
    { ofInstance: 'one' },
  ),
  measure('timed-out', 'share', 'Timed out', 'Share of requests whose caller gave up.', {
    ofRequests: (findings, selection) => findings.shareKnown(selection, failedAs('timed-out')),
  }),
  measure('lost', 'share', 'Lost', 'Share of requests that ended with a crash or a lost message.', {
    ofRequests: (findings, selection) => findings.shareKnown(selection, failedAs('lost')),
  }),
  measure(
    'stale',
    'share',
    'Stale',
    'Share of the answers that lack a change which had taken effect before they were asked for.',
    { ofRequests: agesOfRequests.stale, ofBlock: agesOfBlock.stale },
    { needs: ['shown'] },
  ),
  measure(
    'staleness',
    'duration',
    'Staleness',
    'Of the stale answers: mean time from the first change that they lack to the moment when they were asked for.',
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
      ofRequests: (findings, selection) => findings.throughput(selection),
      ofBlock: (findings, block, cells) => findings.blockRate(block, (cell) => cell.done, cells),
    },
    { ofInstance: 'one' },
  ),
  measure(
    'offered',
    'rate',
    'Offered',
    'Requests or calls per second that come, those included that wait for a connection.',
    {
      ofRequests: (findings, selection) => findings.rate(selection, (cell) => cell.offered),
      ofBlock: (findings, block, cells) => findings.blockRate(block, (cell) => cell.offered, cells),
    },
    { ofInstance: 'one' },
  ),
  measure(
    'utilisation',
    'share',
    'Utilisation',
    'Share of its cores in use, of a link that of its bandwidth. Of several instances the fullest decides, where it is fuller than the mean of all beyond chance.',
    { ofBlock: utilisation },
    { aliases: ['utilization'], needs: ['cores', 'bandwidth'], ofInstance: 'one or fullest' },
  ),
  measure(
    'occupancy',
    'share',
    'Occupancy of workers',
    'Share of its workers held, computing or not. Of several instances the fullest decides, as for `utilisation`.',
    { ofBlock: occupancy },
    { needs: ['workers'], ofInstance: 'one or fullest' },
  ),
  measure(
    'inside',
    'factor',
    'Inside',
    'Mean number of requests or calls inside.',
    {
      ofRequests: (findings) => findings.inside(),
      ofBlock: (findings, block, cells) => findings.blockInside(block, cells),
    },
    { of: ['design', 'block'], ofInstance: 'one' },
  ),
  measure(
    'queue',
    'factor',
    'Waiting',
    'Mean number of calls that wait for a worker.',
    { ofBlock: (findings, block, cells) => findings.queueLength(block, 'waiting', cells) },
    { needs: ['waiting'], ofInstance: 'one or fullest' },
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
    ofLine,
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
  ...connectionMeasures,
  measure(
    'hit-ratio',
    'share',
    'Hit ratio',
    'Hits over look-ups of a cache. Calls that go past a cache which is down are none.',
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
      ofRequests: (findings, { cells }) => shareLostInAll(findings, cells),
      ofBlock: (findings, block, cells) => shareLost(findings, [block], cells),
    },
    { of: ['design', 'block'], aliases: ['writes-lost'], needs: ['acknowledged'] },
  ),
  measure(
    'removals',
    'factor',
    'Removals per change',
    'Entries that a node throws out for one change that it hears of.',
    { ofBlock: ratioOfCounts(['invalidated'], ['changes-heard']) },
    { needs: ['changes-heard'] },
  ),
  measure(
    'attempts',
    'factor',
    'Calls per request',
    'Calls that arrive at the block per request offered to the design.',
    {
      ofBlock: (findings, block, cells) => findings.callsPerRequest(block, cells),
    },
    { ofInstance: 'one' },
  ),
  measure(
    'cost',
    'price',
    'Cost',
    'Price of what is rented and of what is carried.',
    { ofRequests: (findings) => costPerHour(findings) },
    { of: ['design'] },
  ),
])

/** What becomes of the measure of a promise where a backlog grows without end; undefined where it is what was measured. */
export function underOverload(promise: Pick<Objective, 'subject' | 'measure'>, measured: Estimate): number | undefined {
  const { dimension, overloaded } = measures.get(promise.measure)
  return promise.subject.kind === 'block' || (dimension !== 'duration' && measured.enough) ? undefined : overloaded
}
