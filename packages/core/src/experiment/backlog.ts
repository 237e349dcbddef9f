import { blocks } from '../blocks/index.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { meanInterval } from '../stats/mean-interval.ts'
import type { BacklogAnswer } from './answer.ts'
import { blockCells } from './block-cell.ts'
import type { RunResults } from './findings.ts'
import { blockNamed } from './named.ts'
import type { Phase } from './plan.ts'
import type { BlockCell } from './task.ts'

/** The messages that wait to be taken from a block; nothing for blocks that have none. */
export function backlogOf(
  findings: RunResults,
  block: number,
  phases: readonly Phase[],
): { readonly backlog?: BacklogAnswer } {
  const own = blockNamed(findings.design, findings.blocks[block] as string)
  const measured = own === undefined ? [] : (blocks.get(own.type).measured?.(own.values) ?? [])
  if (!measured.includes('oldest')) return {}
  const last = findings.measured.at(-1) as number
  const endCell = (replicate: RunResults['replicates'][number]) => blockCells(replicate, block)[last] as BlockCell
  const atEnd = (value: (cell: BlockCell) => number) =>
    findings.interval(
      findings.replicates.map((replicate) => value(endCell(replicate))),
      findings.replicates.map(({ replications }) => replications),
    )
  return {
    backlog: {
      atEnd: atEnd((cell) => cell.inside),
      oldest: findings.blockRatio(block, (cell) => cell.oldestArea, 'time'),
      oldestMax: Math.max(0, ...findings.replicates.map((replicate) => endCell(replicate).oldestMost)),
      oldestAtEnd: atEnd((cell) => cell.oldestAtEnd),
      timeToDrain: timeToDrain(findings, block, phases.at(-1)),
    },
  }
}

/** What is left over what is worked off a ms, if messages came on as in the last phase. */
function timeToDrain(findings: RunResults, block: number, lastPhase: Phase | undefined): BacklogAnswer['timeToDrain'] {
  if (lastPhase === undefined) return null
  const { measured, replicates } = findings
  const workers = findings.replicates[0]?.names[block]?.resources.indexOf('workers') ?? -1
  const capacity = findings.capacities[block]?.[workers] ?? 0
  const cells = findings.cellsWithin(lastPhase.fromMs, lastPhase.toMs)
  const held = findings.blockSums(block, (cell) => cell.resources[workers] ?? 0, measured)
  const ended = findings.blockSums(block, (cell) => cell.done + failures(cell), measured)
  const arrived = findings.blockSums(block, (cell) => cell.arrived, cells)
  const lastMs = findings.durationsMs(cells)
  const left = replicates.map((replicate) => {
    const cell = blockCells(replicate, block)[measured.at(-1) as number] as BlockCell
    return cell.inside / replicate.replications
  })
  // Every worker held all the time would end so many messages a ms.
  const workedOff = replicates.map((_, i) => {
    const mostPerMs = held[i] === 0 ? Number.NaN : ((ended[i] as number) * capacity) / (held[i] as number)
    return mostPerMs - (arrived[i] as number) / (lastMs[i] as number)
  })
  if (left.every((count) => count === 0)) return findings.exactly(0)
  if (workedOff.some(Number.isNaN)) return insufficientData('the workers took no message', findings.replications)
  const net = meanInterval(workedOff)
  if (net.sufficient && net.high <= 0) return 'never'
  return drained(findings, net, left, workedOff)
}

function drained(
  findings: RunResults,
  net: Estimate,
  left: readonly number[],
  workedOff: readonly number[],
): Estimate | 'never' {
  if (!net.sufficient || net.low <= 0) {
    return insufficientData('arrivals are as many as the workers can do', findings.replications)
  }
  return findings.interval(left, workedOff)
}

function failures({ failed }: BlockCell): number {
  return failed.reduce((sum, count) => sum + count, 0)
}
