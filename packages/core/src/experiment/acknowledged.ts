import { acknowledgedCounter, acknowledgedLostCounter } from '../blocks/acknowledged.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { shareInterval } from '../stats/share-interval.ts'
import type { AcknowledgedAnswer } from './answer.ts'
import type { RunResults } from './findings.ts'
import type { BlockCell } from './task.ts'

/** Messages and writes that a block acknowledged before it was done with them, and how many of them were lost afterwards. */
export function acknowledgedOf(findings: RunResults): readonly AcknowledgedAnswer[] {
  return acknowledging(findings).map((block) => {
    const total = (name: string) => sums(findings, [block], name, findings.measured).reduce((sum, one) => sum + one, 0)
    return {
      block: findings.blocks[block] as string,
      acknowledged: total(acknowledgedCounter),
      lost: total(acknowledgedLostCounter),
      share: shareLost(findings, [block], findings.measured),
    }
  })
}

/** Share of what the blocks acknowledged that was lost afterwards. */
export function shareLost(findings: RunResults, blocks: readonly number[], cells: readonly number[]): Estimate {
  if (blocks.some((block) => findings.counter(block, acknowledgedCounter) < 0)) {
    return insufficientData('the block acknowledges nothing in advance', findings.replications)
  }
  const lost = sums(findings, blocks, acknowledgedLostCounter, cells)
  // What was acknowledged before the time in question may be lost within it.
  const acknowledged = sums(findings, blocks, acknowledgedCounter, cells).map((count, i) =>
    Math.max(count, lost[i] as number),
  )
  return findings.counted(shareInterval(lost, acknowledged, findings.confidence))
}

/** The same of all blocks that acknowledge anything in advance. */
export function shareLostInAll(findings: RunResults, cells: readonly number[]): Estimate {
  return shareLost(findings, acknowledging(findings), cells)
}

/** A phrase for each block with losses: `q lost 25.1 % of what it acknowledged`. */
export function lossesSaid(findings: RunResults): readonly string[] {
  return acknowledgedOf(findings)
    .filter(({ lost }) => lost > 0)
    .map(
      ({ block, lost, acknowledged }) =>
        `${block} lost ${Number(((lost / acknowledged) * 100).toPrecision(3))} % of what it acknowledged`,
    )
}

function acknowledging(findings: RunResults): readonly number[] {
  return findings.blocks.flatMap((_, block) => (findings.counter(block, acknowledgedCounter) < 0 ? [] : [block]))
}

/** Σ of a counter over blocks and cells, by replication. */
function sums(
  findings: RunResults,
  blocks: readonly number[],
  name: string,
  cells: readonly number[],
): readonly number[] {
  return findings.replicates.map((replicate) => {
    let sum = 0
    for (const block of blocks) {
      const counter = findings.counter(block, name)
      for (const cell of cells)
        sum += ((replicate.blocks[block] as readonly BlockCell[])[cell] as BlockCell).counters[counter] ?? 0
    }
    return sum
  })
}
