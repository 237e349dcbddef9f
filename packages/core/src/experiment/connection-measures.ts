import { connectionQueue } from '../blocks/block.ts'
import type { CallCount } from '../calls/call-counters.ts'
import { poolName } from '../calls/callee-passages.ts'
import { ratioOfCallCounts } from './call-measures.ts'
import type { Measure } from './measure.ts'
import type { BlockCell } from './task.ts'

function connectionMeasure(
  name: string,
  dimension: Measure['dimension'],
  title: string,
  summary: string,
  ofBlock: Required<Measure>['ofBlock'],
  ofCalls?: Required<Measure>['ofCalls'],
): Measure {
  const grows = dimension !== 'share' ? ({ grows: 'at the block' } as const) : {}
  const own = { name, dimension, title, summary, needs: ['connections'], params: {}, ofBlock, ...grows }
  return ofCalls === undefined
    ? { ...own, of: ['block'] }
    : { ...own, of: ['block', 'calls'], needsOfCalls: ['pool'], ofCalls }
}

const perConnected =
  (count: (cell: BlockCell) => number): Required<Measure>['ofBlock'] =>
  (results, block, cells) =>
    results.blockRatio(block, count, (cell) => cell.connected, cells)

const perGiven =
  (what: CallCount): Required<Measure>['ofCalls'] =>
  (results, block, callee, cells) =>
    ratioOfCallCounts(results, block, callee, [what, 'connections given'], cells)

const waitPercentile = (percentile: number): Measure =>
  connectionMeasure(
    `connection-wait-p${percentile}`,
    'duration',
    `${percentile}th percentile of the wait for a connection`,
    `${percentile} % of the calls that got a connection waited less for it.`,
    (results, block) => results.blockPercentile(block, 'connection-wait', percentile),
  )

/** What callers of a block with a limited number of connections wait for, on their own side. */
export const connectionMeasures: readonly Measure[] = [
  connectionMeasure(
    'connections',
    'share',
    'Connections in use',
    'Share of its connections that callers hold; of guarded calls, of the connections of their pools.',
    (results, block, cells) => results.use(block, 'connections', cells),
    (results, block, callee, cells) => results.use(block, poolName(callee), cells),
  ),
  connectionMeasure(
    'connection-queue',
    'factor',
    'Waiting for a connection',
    'Mean number of callers that wait for a connection.',
    (results, block, cells) => results.queueLength(block, connectionQueue, cells),
    (results, block, callee, cells) => results.queueLength(block, `waiting for ${poolName(callee)}`, cells),
  ),
  connectionMeasure(
    'connection-wait-mean',
    'duration',
    'Mean wait for a connection',
    'Mean time until a caller has a connection, of the calls that got one.',
    perConnected((cell) => cell.connectionWaitMs),
    perGiven('connection wait ms'),
  ),
  waitPercentile(50),
  waitPercentile(90),
  waitPercentile(95),
  waitPercentile(99),
  connectionMeasure(
    'connection-waited',
    'share',
    'Share that waited for a connection',
    'Share of the calls that got a connection which had to wait for it.',
    perConnected((cell) => cell.connectionWaited),
    perGiven('connections waited for'),
  ),
]
