import { registry } from '../../../support/registry.ts'
import { cacheAside } from './cache-aside.ts'
import { readThrough } from './read-through.ts'
import type { Update } from './update.ts'

export const updates = registry<Update>('update policy of a cache', [cacheAside, readThrough])
