import { flowsTo, followRequests } from '../before-run/flows.ts'
import { blockNamed } from '../before-run/named.ts'
import { runKind } from '../before-run/run-kind.ts'
import { blocks } from '../blocks/index.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { meanInterval } from '../stats/mean-interval.ts'
import type { SourceValues } from '../workloads/source.ts'
import { expectedSpan, requestsAtOnce } from '../workloads/span.ts'
import type { BacklogAnswer } from './answer.ts'
import { blockCells } from './block-cell.ts'
import type { Phase } from './plan.ts'
import type { RunResults } from './run-results.ts'
import type { BlockCell } from './task.ts'
import { growing } from './unanswered.ts'

/** The messages that wait to be taken from a block; nothing for blocks that have none. */
export function backlogOf(
  results: RunResults,
  block: number,
  phases: readonly Phase[],
): { readonly backlog?: BacklogAnswer } {
  const own = blockNamed(results.design, results.blocks[block] as string)
  const measured = own === undefined ? [] : (blocks.get(own.type).measured?.(own.values) ?? [])
  if (!measured.includes('oldest')) return {}
  const grows = results.growing.has(results.blocks[block] as string)
  // A terminating run ends when its design says so; where a steady one does, says nothing.
  const isEndOfDesign = runKind(results.design).kind === 'terminating'
  const last = results.measured.at(-1) as number
  const endCell = (replicate: RunResults['replicates'][number]) => blockCells(replicate, block)[last] as BlockCell
  const atEnd = (value: (cell: BlockCell) => number) =>
    grows && !isEndOfDesign
      ? growing(results)
      : results.interval(
          results.replicates.map((replicate) => value(endCell(replicate))),
          results.replicates.map(({ replications }) => replications),
        )
  return {
    backlog: {
      atEnd: atEnd((cell) => cell.inside),
      oldest: grows ? growing(results) : results.blockRatio(block, (cell) => cell.oldestArea, 'time'),
      oldestMax: Math.max(0, ...results.measured.flatMap((cell) => mostIn(results, block, cell))),
      oldestAtEnd: atEnd((cell) => cell.oldestAtEnd),
      timeToDrain: timeToDrain(results, block, phases.at(-1)),
    },
  }
}

function mostIn({ replicates }: RunResults, block: number, cell: number): readonly number[] {
  return replicates.map((replicate) => (blockCells(replicate, block)[cell] as BlockCell).oldestMost)
}

/** Mean over replications of the largest age of the oldest message within these cells, ms. */
export function oldestMax(results: RunResults, block: number, cells: readonly number[]): Estimate {
  if (runKind(results.design).kind === 'steady') {
    return insufficientData('the largest age grows with the length of a run: set run.for', results.replications)
  }
  // Of a batch only the sums of each cell are known: their largest is at most the sum of the largest.
  const most = results.replicates.map((replicate) =>
    Math.max(...cells.map((cell) => (blockCells(replicate, block)[cell] as BlockCell).oldestMostSum)),
  )
  return results.interval(
    most,
    results.replicates.map(({ replications }) => replications),
  )
}

/** Whether a source that sends to the block still sends at the end of the run: a batch that has come does not go on. */
function isSentMore(results: RunResults, name: string): boolean {
  const { design, plan } = results
  const live = design.sources.filter(({ name: source, values }) => {
    const own = values as unknown as SourceValues
    if (requestsAtOnce(own) !== null && own.every === undefined) return false
    if (own.users !== undefined && own.count !== undefined) return sentBy(results, source) < own.count
    return expectedSpan(own).toMs > plan.endMs
  })
  const names = new Set(live.map((source) => source.name))
  return flowsTo(followRequests(design), name).some(({ source }) => names.has(source))
}

/** Requests of a source in one replication, on average. */
function sentBy(results: RunResults, source: string): number {
  const kinds = results.kinds.filter((kind) => kind.source === source).map(({ index }) => index)
  const sent = results.sums({ kinds, cells: results.measured }, ({ offered }) => offered)
  return sent.reduce((sum, count) => sum + count, 0) / results.replications
}

/** What is left over what is worked off a ms, if messages come on as in the last phase. */
function timeToDrain(results: RunResults, block: number, lastPhase: Phase | undefined): BacklogAnswer['timeToDrain'] {
  if (lastPhase === undefined) return null
  const { measured, replicates } = results
  const workers = results.replicates[0]?.names[block]?.resources.indexOf('workers') ?? -1
  const capacity = results.capacities[block]?.[workers] ?? 0
  const cells = results.cellsWithin(lastPhase.fromMs, lastPhase.toMs)
  const held = results.blockSums(block, (cell) => cell.resources[workers] ?? 0, measured)
  const ended = results.blockSums(block, (cell) => cell.done + failures(cell), measured)
  const goesOn = isSentMore(results, results.blocks[block] as string)
  const arrived = results.blockSums(block, (cell) => (goesOn ? cell.arrived : 0), cells)
  const lastMs = results.durationsMs(cells)
  const left = replicates.map((replicate) => {
    const cell = blockCells(replicate, block)[measured.at(-1) as number] as BlockCell
    return cell.inside / replicate.replications
  })
  // Every worker held all the time would end so many messages a ms.
  const workedOff = replicates.map((_, i) => {
    const mostPerMs = held[i] === 0 ? Number.NaN : ((ended[i] as number) * capacity) / (held[i] as number)
    return mostPerMs - (arrived[i] as number) / (lastMs[i] as number)
  })
  if (replicates.every((replicate) => isTaken(blockCells(replicate, block)[measured.at(-1) as number] as BlockCell)))
    return results.exactly(0)
  if (workedOff.some(Number.isNaN)) return insufficientData('the workers took no message', results.replications)
  const net = meanInterval(workedOff)
  if (net.sufficient && net.high <= 0) return 'never'
  return drained(results, net, left, workedOff)
}

function drained(
  results: RunResults,
  net: Estimate,
  left: readonly number[],
  workedOff: readonly number[],
): Estimate | 'never' {
  if (!net.sufficient || net.low <= 0) {
    return insufficientData('messages arrive as fast as the workers can process them', results.replications)
  }
  return results.interval(left, workedOff)
}

/** Whether no message waits to be taken: those in work are no backlog. */
function isTaken({ inside, oldestAtEnd }: BlockCell): boolean {
  return inside === 0 || oldestAtEnd === 0
}

function failures({ failed }: BlockCell): number {
  return failed.reduce((sum, count) => sum + count, 0)
}
