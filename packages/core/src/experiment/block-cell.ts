import type { Block } from '../blocks/block.ts'
import type { BlockCell, Replicate } from './task.ts'

/** Everything a block has counted and integrated since the start. */
export function blockCell(block: Block, nowMs: number): BlockCell {
  const { visits, waits } = block
  const oldestMost = block.oldest?.takeMax(nowMs) ?? 0
  return {
    // Not what was asked of the connections: calls of a transaction share one, and those of a pool bring theirs.
    offered: visits.arrived + (visits.connectionLimit?.meters.unserved ?? 0),
    arrived: visits.arrived,
    done: visits.done,
    failed: Float64Array.from(visits.failed),
    doneMs: visits.doneMs,
    insideArea: visits.inside.areaAt(nowMs),
    abandoned: visits.abandoned,
    inside: visits.inside.value,
    resources: block.resources.map((resource) => resource.areaAt(nowMs)),
    workBegun: block.resources.map((resource) => resource.workBegun?.(nowMs) ?? resource.areaAt(nowMs)),
    queues: block.queues.map((queue) => queue.areaAt(nowMs)),
    unserved: block.queues.reduce((sum, queue) => sum + (queue.unserved?.() ?? 0), 0),
    queueMax: block.queues.map((queue) => queue.max()),
    counters: block.counters.map((counter) => counter.read(nowMs)),
    begun: waits.reduce((sum, wait) => sum + wait.begun, 0),
    waited: waits.reduce((sum, wait) => sum + wait.waited, 0),
    waitMs: waits.reduce((sum, wait) => sum + wait.totalMs, 0),
    oldestArea: block.oldest?.areaAt(nowMs) ?? 0,
    oldestAtEnd: block.oldest?.ageAt(nowMs) ?? 0,
    oldestMost,
    oldestMostSum: oldestMost,
    connected: visits.connectionLimit?.meters.waits.begun ?? 0,
    connectionWaited: visits.connectionLimit?.meters.waits.waited ?? 0,
    connectionWaitMs: visits.connectionLimit?.meters.waits.totalMs ?? 0,
  }
}

/** What happened between two moments. */
export function difference(before: BlockCell, after: BlockCell): BlockCell {
  const each = (now: readonly number[], then: readonly number[]) => now.map((value, i) => value - (then[i] as number))
  return {
    offered: after.offered - before.offered,
    arrived: after.arrived - before.arrived,
    done: after.done - before.done,
    failed: after.failed.map((count, i) => count - (before.failed[i] as number)),
    doneMs: after.doneMs - before.doneMs,
    insideArea: after.insideArea - before.insideArea,
    abandoned: after.abandoned,
    inside: after.inside,
    resources: each(after.resources, before.resources),
    workBegun: each(after.workBegun, before.workBegun),
    queues: each(after.queues, before.queues),
    unserved: after.unserved - before.unserved,
    queueMax: after.queueMax,
    counters: each(after.counters, before.counters),
    begun: after.begun - before.begun,
    waited: after.waited - before.waited,
    waitMs: after.waitMs - before.waitMs,
    oldestArea: after.oldestArea - before.oldestArea,
    oldestAtEnd: after.oldestAtEnd,
    oldestMost: after.oldestMost,
    oldestMostSum: after.oldestMostSum,
    connected: after.connected - before.connected,
    connectionWaited: after.connectionWaited - before.connectionWaited,
    connectionWaitMs: after.connectionWaitMs - before.connectionWaitMs,
  }
}

/** What a block did in each cell; numbers behind those of the blocks are of single instances. */
export function blockCells(replicate: Replicate, block: number): readonly BlockCell[] {
  const { blocks, instances } = replicate
  return (blocks[block] ?? instances[block - blocks.length]?.cells) as readonly BlockCell[]
}
