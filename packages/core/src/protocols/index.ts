import { registry } from '../support/registry.ts'
import { heartbeat } from './heartbeat.ts'
import { none } from './none.ts'
import type { Protocol } from './protocol.ts'

export const failovers = registry<Protocol>('fail-over', [none, heartbeat])
