import { inPlaces } from '../network/in.ts'
import { registry } from '../support/registry.ts'
import type { BlockType } from './block.ts'
import { cache } from './cache/cache.ts'
import { cdn } from './cdn/cdn.ts'
import { database } from './database/database.ts'
import { link } from './link/link.ts'
import { loadBalancer } from './load-balancer/load-balancer.ts'
import { queue } from './queue/queue.ts'
import { service } from './service/service.ts'

/** The catalogue of blocks: one line each. */
export const blockTypes = [link, loadBalancer, service, cache, cdn, database, queue] as const

export const blocks = registry<BlockType>('block', blockTypes.map(withPlaces))

/** Every block may say where it is. */
function withPlaces(type: BlockType): BlockType {
  return { ...type, params: { ...type.params, ...inPlaces } }
}
