import type { CacheNodes } from '../shelf/nodes.ts'
import type { Fillable } from './warming.ts'

/** Nodes among which the keys are spread, filled as one cache. */
export function nodesAsOne(nodes: CacheNodes): Fillable {
  const { list } = nodes
  const of = (key: number) => nodes.at(nodes.holderOf(key)).shelf
  let expired = 0
  return {
    find(key, nowMs) {
      const shelf = of(key)
      const before = shelf.expired
      const slot = shelf.find(key, nowMs)
      expired += shelf.expired - before
      return slot
    },
    fill: (key, weight, livedShare, nowMs) => of(key).fill(key, weight, livedShare, nowMs),
    isLate: (key, nowMs) => of(key).isLate(key, nowMs),
    has: (key) => of(key).has(key),
    drop: (key) => void of(key).drop(key),
    get expired() {
      return expired
    },
    // Not full before every node is: a ring gives some of them more keys than others.
    get replaced() {
      return list.every(({ shelf }) => shelf.replaced > 0) ? 1 : 0
    },
    setAges(nowMs, spread, startMs) {
      for (const { shelf } of list) shelf.setAges(nowMs, spread, startMs)
    },
    resetCounts() {
      for (const { shelf } of list) shelf.resetCounts()
    },
  }
}
