// One cache on one trace, in a process of its own: node --expose-gc bench/cache-contestant.mjs <name> <trace>

import { readFileSync } from 'node:fs'
import { chooseEviction, createEntries, EvictingCache, replay } from '@loadpath/core/cache/eviction'
import { decompress } from 'fzstd'

const capacity = 10_000
const rounds = 6
const [name, trace] = process.argv.slice(2)

/** The trace as whole numbers, one a request. */
function keysOf() {
  if (trace === 'zipf') return zipf()
  const text = Buffer.from(decompress(readFileSync(trace))).toString('latin1')
  const keys = []
  for (const line of text.split('\n')) {
    const [start, count] = line.split(' ').map(Number)
    for (let i = 0; i < (count ?? 0); i++) keys.push(start + i)
  }
  return Int32Array.from(keys)
}

/** Independent requests, the n-th key in proportion to n^-0.9. */
function zipf() {
  const shares = Float64Array.from({ length: 200_000 }, (_, i) => (i + 1) ** -0.9)
  for (let i = 1; i < shares.length; i++) shares[i] += shares[i - 1]
  let state = 1
  return Int32Array.from({ length: 1e6 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    const wanted = (state / 2 ** 32) * shares.at(-1)
    let [low, high] = [0, shares.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (shares[middle] < wanted) low = middle + 1
      else high = middle
    }
    return low
  })
}

/** Least recently used, as it is usually written: a Map remembers the order in which keys were set. */
function overMap() {
  const map = new Map()
  return {
    ask(key) {
      if (map.delete(key)) {
        map.set(key, true)
        return true
      }
      if (map.size === capacity) map.delete(map.keys().next().value)
      map.set(key, true)
      return false
    },
    held: map,
  }
}

/** Least recently used, with objects in a circle of links. */
function overLinks() {
  const map = new Map()
  const end = { key: -1, before: null, after: null }
  end.before = end
  end.after = end
  const unlink = (node) => {
    node.before.after = node.after
    node.after.before = node.before
  }
  const append = (node) => {
    node.before = end.before
    node.after = end
    end.before.after = node
    end.before = node
  }
  return {
    ask(key) {
      const node = map.get(key)
      if (node !== undefined) {
        unlink(node)
        append(node)
        return true
      }
      if (map.size === capacity) {
        const oldest = end.after
        unlink(oldest)
        map.delete(oldest.key)
      }
      const fresh = { key, before: null, after: null }
      map.set(key, fresh)
      append(fresh)
      return false
    },
    held: map,
  }
}

/** Any keys and values, as a program would use it. */
function evictingCache() {
  const held = new EvictingCache({ policy: 'lru', capacity })
  return { ask: (key) => held.get(key) !== undefined || !held.set(key, true), held }
}

const others = {
  'Map, delete and set': overMap,
  'Map of linked objects': overLinks,
  'EvictingCache, lru': evictingCache,
}
const keys = keysOf()

function held() {
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** A policy of ours; one that needs the future is given it by `replay`, which keeps its cache to itself. */
function ours() {
  const choice = chooseEviction(name)
  if (choice.policy.needs !== undefined) return { run: () => replay(name, capacity, keys).hits, held: null }
  const entries = createEntries(choice, capacity)
  const run = () => {
    let hits = 0
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i]
      if (entries.get(key, 0) >= 0) hits++
      else entries.put(key, 1, 1)
    }
    return hits
  }
  return { run, held: entries }
}

/** The least recently used, over a `Map` in one way or another. */
function other() {
  const { ask, held } = others[name]()
  const run = () => {
    let hits = 0
    for (let i = 0; i < keys.length; i++) if (ask(keys[i])) hits++
    return hits
  }
  return { run, held }
}

const caches = []
let perSecond = 0
let hits = 0
let bytesPerEntry = Number.POSITIVE_INFINITY
let bytesPerRequest = Number.POSITIVE_INFINITY
for (let round = 0; round < rounds; round++) {
  const before = held()
  const cache = name in others ? other() : ours()
  caches.push(cache.held)
  const began = process.hrtime.bigint()
  hits = cache.run()
  const seconds = Number(process.hrtime.bigint() - began) / 1e9
  perSecond = Math.max(perSecond, keys.length / seconds)
  // What a cache has outgrown is given back late: the least of all rounds is what it holds.
  bytesPerEntry = Math.min(bytesPerEntry, (held() - before) / capacity)
  const { heapUsed } = process.memoryUsage()
  cache.run()
  bytesPerRequest = Math.min(bytesPerRequest, (process.memoryUsage().heapUsed - heapUsed) / keys.length)
}
const isKept = caches.every((cache) => cache !== null)
const memory = isKept ? { bytesPerEntry, bytesPerRequest } : {}
console.log(JSON.stringify({ perSecond, hitRatio: hits / keys.length, ...memory }))
