import { registry } from '../../../support/registry.ts'
import { fifo } from './fifo.ts'
import { lfu } from './lfu.ts'
import { lru } from './lru.ts'
import type { Eviction } from './policy.ts'

export const evictions = registry<Eviction>('eviction policy', [lru, fifo, lfu])
