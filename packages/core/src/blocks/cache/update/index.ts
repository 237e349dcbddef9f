import { registry } from '../../../support/registry.ts'
import { cacheAside } from './cache-aside.ts'
import { readThrough } from './read-through.ts'
import { refreshAhead } from './refresh-ahead.ts'
import type { Update } from './update.ts'
import { writeAround } from './write-around.ts'
import { writeBehind } from './write-behind.ts'
import { writeThrough } from './write-through.ts'

export const updates = registry<Update>('update policy of a cache', [
  cacheAside,
  readThrough,
  writeThrough,
  writeBehind,
  writeAround,
  refreshAhead,
])
