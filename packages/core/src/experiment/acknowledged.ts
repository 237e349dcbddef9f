import { acknowledgedCounter, acknowledgedLostCounter } from '../blocks/acknowledged.ts'
import { type Estimate, insufficientData } from '../stats/estimate.ts'
import { shareInterval } from '../stats/share-interval.ts'
import type { AcknowledgedAnswer } from './answer.ts'
import type { RunResults } from './run-results.ts'
import type { BlockCell } from './task.ts'

/** Messages and writes that a block acknowledged before it was done with them, and how many of them were lost afterwards. */
export function acknowledgedOf(results: RunResults): readonly AcknowledgedAnswer[] {
  return acknowledging(results).map((block) => {
    const total = (name: string) => sums(results, [block], name, results.measured).reduce((sum, one) => sum + one, 0)
    return {
      block: results.blocks[block] as string,
      acknowledged: total(acknowledgedCounter),
      lost: total(acknowledgedLostCounter),
      share: shareLost(results, [block], results.measured),
    }
  })
}

/** Share of what the blocks acknowledged that was lost afterwards. */
export function shareLost(results: RunResults, blocks: readonly number[], cells: readonly number[]): Estimate {
  if (blocks.some((block) => results.counter(block, acknowledgedCounter) < 0)) {
    return insufficientData('the block acknowledges nothing in advance', results.replications)
  }
  const lost = sums(results, blocks, acknowledgedLostCounter, cells)
  // What was acknowledged before the time in question may be lost within it.
  const acknowledged = sums(results, blocks, acknowledgedCounter, cells).map((count, i) =>
    Math.max(count, lost[i] as number),
  )
  return results.counted(shareInterval(lost, acknowledged, results.confidence))
}

/** The same of all blocks that acknowledge anything in advance. */
export function shareLostInAll(results: RunResults, cells: readonly number[]): Estimate {
  return shareLost(results, acknowledging(results), cells)
}

/** A phrase for each block with losses: `q lost 25.1 % of what it acknowledged`. */
export function lossesSaid(results: RunResults): readonly string[] {
  return acknowledgedOf(results)
    .filter(({ lost }) => lost > 0)
    .map(
      ({ block, lost, acknowledged }) =>
        `${block} lost ${Number(((lost / acknowledged) * 100).toPrecision(3))} % of what it acknowledged`,
    )
}

function acknowledging(results: RunResults): readonly number[] {
  return results.blocks.flatMap((_, block) => (results.counter(block, acknowledgedCounter) < 0 ? [] : [block]))
}

/** Σ of a counter over blocks and cells, by replication. */
function sums(
  results: RunResults,
  blocks: readonly number[],
  name: string,
  cells: readonly number[],
): readonly number[] {
  return results.replicates.map((replicate) => {
    let sum = 0
    for (const block of blocks) {
      const counter = results.counter(block, name)
      for (const cell of cells)
        sum += ((replicate.blocks[block] as readonly BlockCell[])[cell] as BlockCell).counters[counter] ?? 0
    }
    return sum
  })
}
