import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { evictions } from '@loadpath/core/cache/eviction'
import { table } from './turns.mjs'

const contestant = fileURLToPath(new URL('cache-contestant.mjs', import.meta.url))
const rounds = 3
const yardsticks = ['Map, delete and set', 'Map of linked objects']

/**
 * Requests a second of every eviction policy on a trace in memory, 10,000 entries, beside the two caches that people
 * write over a `Map`. Each runs in a process of its own, as it would in a program, in turns with the others.
 */
export function cache() {
  const folder = process.env.LOADPATH_TRACES
  const trace = folder && existsSync(`${folder}/arc/OLTP.lis.zst`) ? `${folder}/arc/OLTP.lis.zst` : 'zipf'
  const names = [...yardsticks, 'EvictingCache, lru', ...evictions.names]
  const best = {}
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      const found = JSON.parse(
        execFileSync(process.execPath, ['--expose-gc', contestant, name, trace], { encoding: 'utf8' }),
      )
      if (best[name] === undefined || found.perSecond > best[name].perSecond) best[name] = found
    }
  }
  const [first, second] = yardsticks.map((name) => best[name].perSecond)
  console.log(
    trace === 'zipf' ? '  Zipf 0.9 over 200k keys: set LOADPATH_TRACES for the trace OLTP' : '  OLTP (Megiddo & Modha)',
  )
  table([
    ['', 'M/s', ...yardsticks.map((name) => `× ${name}`), 'hits %', 'B/entry', 'B/request'],
    ...names.map((name) => {
      const { perSecond, hitRatio, bytesPerEntry, bytesPerRequest } = best[name]
      return [
        name,
        (perSecond / 1e6).toFixed(2),
        (perSecond / first).toFixed(1),
        (perSecond / second).toFixed(2),
        (100 * hitRatio).toFixed(2),
        bytesPerEntry?.toFixed(0) ?? '',
        bytesPerRequest?.toFixed(3) ?? '',
      ]
    }),
  ])
  console.log(
    '  B/entry: heap and array buffers that a full cache holds after a collection, over its entries; keys are numbers,',
  )
  console.log(
    '  ghosts are the entry’s burden. B/request: growth of the heap over a replay, no collection in between, over requests.',
  )
}
