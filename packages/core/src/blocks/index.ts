import { registry } from '../support/registry.ts'
import type { BlockType } from './block.ts'
import { cache } from './cache/cache.ts'
import { database } from './database/database.ts'
import { link } from './link/link.ts'
import { loadBalancer } from './load-balancer/load-balancer.ts'
import { queue } from './queue/queue.ts'
import { service } from './service/service.ts'

/** The catalogue of blocks: one line each. */
export const blocks = registry<BlockType>('block', [link, loadBalancer, service, cache, database, queue])
