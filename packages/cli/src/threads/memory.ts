import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8'
import { type Crowd, crowdSaid, remedyForCrowd } from '@loadpath/core'
import { neededMebibytes, threadsWithRoom } from './address-space.ts'

const mebibyte = 1024 * 1024
/** The largest part of the heap that V8 reserves for new objects. */
const youngBytes = 48 * mebibyte
/**
 * Memory that a replication must leave free, for its answer and its allocations until the next check. V8 collects garbage
 * when half of the free memory is used, so memory above that is in use.
 */
const leastFreeBytes = 12 * mebibyte
const leastFreeShare = 0.15
/** Free memory that the main thread needs to run replications. Unlike a worker, it ends the process if memory runs out. */
const neededHereBytes = 512 * mebibyte

/** Returns whether the heap of this thread is almost full; takes a few microseconds. */
export function isMemoryShort(): boolean {
  return isFreeBelow(leastFreeBytes, leastFreeShare)
}

/** Returns whether the thread that collects all results has too little memory left to build the answer. */
export function isMemoryShortForAnswer(): boolean {
  return isFreeBelow(2 * leastFreeBytes, 2 * leastFreeShare)
}

function isFreeBelow(bytes: number, share: number): boolean {
  const limitBytes = getHeapStatistics().heap_size_limit - youngBytes
  return oldBytes() > limitBytes - Math.max(bytes, share * limitBytes)
}

/** Returns whether replications may run on this thread, which must survive them. */
export function hasRoomHere(): boolean {
  return getHeapStatistics().heap_size_limit - youngBytes - oldBytes() >= neededHereBytes
}

/** This many calls take a few MiB, too little to fill a heap. */
const fewCalls = 10_000

/** Returns the remedy for a heap that is too small. `crowd` is null if its content is unknown. */
export function remedyForMemory(crowd: Crowd | null, hasWindows: boolean): string {
  const twiceMebibytes = (2 * (getHeapStatistics().heap_size_limit - youngBytes)) / mebibyte
  const more = 1024 * Math.ceil(twiceMebibytes / 1024)
  const allow = `to allow more memory, set NODE_OPTIONS=--max-old-space-size=${more}.`
  if (threadsWithRoom(1) === 0)
    return `The limit of \`ulimit -v\` has no room for a thread: run \`ulimit -v ${1024 * neededMebibytes()}\`.`
  const windows = hasWindows ? ', or report fewer windows' : ''
  if (crowd === null)
    return `To use less memory, lower the rate, run.bounds.in-flight or run.repeat${windows}; ${allow}`
  if (crowd.inside < fewCalls) return `To use less memory, lower run.repeat${windows}; ${allow}`
  return `${crowdSaid(crowd)}. To use less memory, ${remedyForCrowd(crowd)}, or lower run.bounds.in-flight; ${allow}`
}

/** Returns whether an error means that the heap of a thread, or an array in it, grew too large. */
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
