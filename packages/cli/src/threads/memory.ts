import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { type Crowd, crowdSaid, remedyForCrowd } from '@loadpath/core'
import { neededMebibytes, threadsWithRoom } from './address-space.ts'

const mebibyte = 1024 * 1024
/** V8 keeps so much of the heap for objects that were just made, at most. */
const youngBytes = 48 * mebibyte
/**
 * What a replication must leave free: room for its own answer and for what it makes until its next look. V8 collects
 * garbage when half of what is free is used, so what fills the heap further is in use.
 */
const leastFreeBytes = 12 * mebibyte
const leastFreeShare = 0.15
/** A thread of its own can run out of memory and leave the process alive; this one needs so much to run anything. */
const neededHereBytes = 512 * mebibyte

/** Whether the heap of this thread is almost full; takes a few microseconds. */
export function isMemoryShort(): boolean {
  return isFreeBelow(leastFreeBytes, leastFreeShare)
}

/** Whether the thread that keeps what all replications found has hardly room left to make an answer of it. */
export function isMemoryShortForAnswer(): boolean {
  return isFreeBelow(2 * leastFreeBytes, 2 * leastFreeShare)
}

function isFreeBelow(bytes: number, share: number): boolean {
  const limitBytes = getHeapStatistics().heap_size_limit - youngBytes
  return oldBytes() > limitBytes - Math.max(bytes, share * limitBytes)
}

/** Whether replications may run on this thread, which must live on whatever they take. */
export function hasRoomHere(): boolean {
  return getHeapStatistics().heap_size_limit - youngBytes - oldBytes() >= neededHereBytes
}

/** So many calls take a few MiB: they are not what fills a heap. */
const fewCalls = 10_000

/** What a user can do about a heap that is too small. `crowd` is null where nothing is known of what filled it. */
export function remedyForMemory(crowd: Crowd | null, hasWindows: boolean): string {
  const twiceMebibytes = (2 * (getHeapStatistics().heap_size_limit - youngBytes)) / mebibyte
  const more = 1024 * Math.ceil(twiceMebibytes / 1024)
  const allow = `to allow more, set NODE_OPTIONS=--max-old-space-size=${more}.`
  if (threadsWithRoom(1) === 0)
    return `No thread fits into the limit of \`ulimit -v\`: raise it to ${1024 * neededMebibytes()}.`
  const windows = hasWindows ? ', or look at fewer windows' : ''
  if (crowd === null) return `To need less, lower the rate, run.limit.inside or run.repeat${windows}; ${allow}`
  if (crowd.inside < fewCalls) return `To need less, lower run.repeat${windows}; ${allow}`
  return `${crowdSaid(crowd)}. To need less, ${remedyForCrowd(crowd)}, or lower run.limit.inside; ${allow}`
}

/** Whether an error says that the heap of a thread, or an array in it, grew too large. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') return true
  return error instanceof RangeError && /allocation failed/i.test(error.message)
}

function oldBytes(): number {
  return getHeapSpaceStatistics()
    .filter(({ space_name }) => !space_name.startsWith('new_'))
    .reduce((sum, { space_used_size }) => sum + space_used_size, 0)
}
