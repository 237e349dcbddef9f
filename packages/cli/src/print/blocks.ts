import type { Answer, BlockAnswer } from '@loadpath/core'
import { count, estimate } from './number.ts'
import { type Page, section } from './page.ts'
import { type Cell, type Column, table } from './table.ts'

/** Above this share in use, what comes late waits long. */
const busy = 0.85

/** What each block had to do, how busy it was and how long its lines were. */
export function printBlocks({ blocks, run }: Answer, page: Page): string[] {
  if (blocks.length === 0 || run.isUnsettled === true) return []
  const hasHits = blocks.some(({ hitRatio }) => hitRatio !== null)
  const hasResources = blocks.some(({ resources }) => resources.length > 0)
  const hasQueues = blocks.some(({ queues }) => queues.some(({ max }) => max > 0))
  const columns: Column[] = [
    { heading: 'block' },
    { heading: 'calls' },
    ...(hasResources ? [{ heading: 'in use' }] : []),
    ...(hasQueues ? [{ heading: 'in line' }, { heading: 'mean wait' }] : []),
    { heading: 'mean time' },
    ...(hasHits ? [{ heading: 'found in cache' }] : []),
  ]
  const rows = blocks.map((block): Cell[] => [
    { text: block.name, paint: page.colours.strong },
    estimate(block.arrivedPerSecond, 'rate'),
    ...(hasResources ? [usage(block, page)] : []),
    ...(hasQueues ? [waiting(block), waits(block).join('\n')] : []),
    estimate(block.mean, 'duration'),
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

/** Mean waits in the order of its lines: for a worker, for a connection. */
export function waits(block: BlockAnswer): string[] {
  const means = [...(linesOf(block).some(isForWorker) ? [block.waitMean] : []), block.connectionWaitMean]
  return means.flatMap((mean) => (mean === null ? [] : [mean.sufficient ? estimate(mean, 'duration') : '']))
}

/** The lines in which its calls can wait: where workers are not limited, none waits for one, and cores are shared. */
export function linesOf({ queues, resources }: BlockAnswer): BlockAnswer['queues'] {
  return queues.filter((queue) => !isForWorker(queue) || resources.some(({ name }) => name === 'workers'))
}

function isForWorker({ name }: BlockAnswer['queues'][number]): boolean {
  return name === 'waiting'
}

function waiting(block: BlockAnswer): string {
  const queues = linesOf(block)
  return queues
    .map(({ name, mean, max }) => {
      const label = name.replace(/^waiting ?/, '').replace(/(.)$/, '$1: ')
      return max === 0 ? `${label}none` : `${label}${estimate(mean, 'factor')}, at most ${count(max)}`
    })
    .join('\n')
}
