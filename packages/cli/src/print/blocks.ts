import type { Answer, BlockAnswer, Estimate } from '@loadpath/core'
import { count, estimate, inOneUnit, isGrowing, type Measured } from './number.ts'
import { type Page, section } from './page.ts'
import { type Cell, type Column, table } from './table.ts'

/** Above this utilization, waits grow quickly. */
const busy = 0.85

/** Calls, utilization, queue lengths and times of each block. */
export function printBlocks({ blocks, run }: Answer, page: Page): string[] {
  if (blocks.length === 0 || run.isUnsettled === true) return []
  const hasHits = blocks.some(({ hitRatio }) => hitRatio !== null)
  const hasResources = blocks.some(({ resources }) => resources.length > 0)
  const hasQueues = blocks.some(({ queues }) => queues.some(({ max }) => max > 0))
  const columns: Column[] = [
    { heading: 'block' },
    { heading: 'calls' },
    ...(hasResources ? [{ heading: 'utilization' }] : []),
    ...(hasQueues ? [{ heading: 'queue length' }, { heading: 'mean wait' }] : []),
    { heading: 'mean time in block' },
    ...(hasHits ? [{ heading: 'hit ratio' }] : []),
  ]
  const [inBlock, wait] = [inOneUnit(blocks.map(({ mean }) => mean)), unitOfWaits(blocks)]
  const rows = blocks.map((block): Cell[] => [
    { text: block.name, paint: page.colours.strong },
    estimate(block.arrivedPerSecond, 'rate'),
    ...(hasResources ? [usage(block, page)] : []),
    ...(hasQueues ? [queueLengths(block), waits(block, wait).join('\n')] : []),
    estimate(block.mean, inBlock),
    ...(hasHits ? [block.hitRatio === null ? '' : estimate(block.hitRatio, 'share')] : []),
  ])
  return section('Blocks', table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }), page)
}

function usage({ name: block, resources }: BlockAnswer, { colours }: Page): Cell {
  const text = resources
    .flatMap(({ name, mean, instance, utilization }) => [
      `${name} ${estimate(mean, 'share')}`,
      ...(instance === null ? [] : [`  ${block}.${instance} ${estimate(utilization, 'share')}`]),
    ])
    .join('\n')
  const highest = Math.max(0, ...resources.map(({ utilization }) => (utilization.sufficient ? utilization.point : 0)))
  if (highest >= 0.99) return { text, paint: colours.bad }
  return highest >= busy ? { text, paint: colours.doubtful } : text
}

/** Mean waits in the order of the queues: for a worker, for a connection. */
export function waits({ waitMean, connectionWaitMean }: BlockAnswer, unit: Measured): string[] {
  const means = [waitMean, connectionWaitMean]
  return means.flatMap((mean) =>
    mean === null ? [] : [mean.sufficient || isGrowing(mean) ? estimate(mean, unit) : ''],
  )
}

/** The unit in which the mean waits of several blocks are compared. */
export function unitOfWaits(blocks: readonly BlockAnswer[]): Measured {
  return inOneUnit(blocks.flatMap(({ waitMean, connectionWaitMean }) => [waitMean, connectionWaitMean]))
}

function queueLengths({ queues }: BlockAnswer): string {
  return queues
    .map(({ name, mean, max }) => {
      const label = name.replace(/^waiting ?/, '').replace(/(.)$/, '$1: ')
      return `${label}${queueLength(mean, max)}`
    })
    .join('\n')
}

/** Mean and maximum of a queue; without a maximum where it grows, which would say how long the run was. */
export function queueLength(mean: Estimate, max: number): string {
  if (max === 0) return '0'
  return isGrowing(mean) ? estimate(mean, 'factor') : `${estimate(mean, 'factor')}, at most ${count(max)}`
}
