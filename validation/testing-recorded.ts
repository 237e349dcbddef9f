import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDataFile } from '../packages/cli/src/traces/data-file.ts'
import {
  Collector,
  Counting,
  Replaying,
  recognise,
  StackDistances,
  TraceReading,
} from '../packages/core/src/traces/index.ts'

/** The folder of the traces that are not kept here; undefined where there is none. */
export const otherTraces = process.env.LOADPATH_TRACES

export const hasXz = spawnSync('xz', ['--version']).status === 0

/** Where a trace is: beside this file, or in the folder of the others. */
export function traceFile(name: string): string {
  const own = join(import.meta.dirname, 'traces', name.slice(name.lastIndexOf('/') + 1))
  return existsSync(own) ? own : join(otherTraces ?? '', name)
}

/** The requests of a trace, in the format that it is recognised to have. */
export function requestsOf(name: string): { readonly collector: Collector; readonly malformed: number } {
  const path = traceFile(name)
  const bytes = path.endsWith('.xz')
    ? spawnSync('xz', ['-dc', path], { maxBuffer: 1e9 }).stdout
    : readDataFile(path, readFileSync(path).length)
  if ('complaint' in bytes) throw new Error(bytes.complaint)
  const format = recognise(name.replace(/\.(zst|gz|xz)$/, ''), bytes.subarray(0, 65_536))
  if (format === undefined) throw new Error(`${name} was not recognised`)
  const collector = new Collector()
  const reading = new TraceReading(format, collector.take)
  reading.push(bytes)
  reading.end()
  return { collector, malformed: reading.malformed }
}

/** Hits of LRU by number of entries, from one pass. */
export function lruHits({ ids, length }: Collector, sizes: readonly number[]): Readonly<Record<number, number>> {
  const distances = new StackDistances()
  distances.take(ids, length)
  return Object.fromEntries(sizes.map((size) => [size, distances.hitsOf(size)]))
}

/** Misses and bytes missed of a cache of so many bytes. */
export function missesOf(collector: Collector, policy: string, capacity: number): readonly [number, number] {
  const replaying = new Replaying({ name: policy, values: {} }, { unit: 'bytes', capacity, future: collector })
  replaying.take(collector)
  return [replaying.requests - replaying.hits, replaying.bytes - replaying.hitBytes]
}

export function inventoryOf(collector: Collector) {
  const counting = new Counting()
  counting.take(collector, collector.keys.count)
  return counting.inventory()
}
