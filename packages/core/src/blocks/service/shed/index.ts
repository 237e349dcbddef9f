import { registry } from '../../../support/registry.ts'
import { adaptiveLimit } from './adaptive-limit.ts'
import { byPriority } from './by-priority.ts'
import { codel } from './codel.ts'
import { none } from './none.ts'
import type { Shed } from './shed.ts'

export const sheds = registry<Shed>('load shedding', [none, codel, adaptiveLimit, byPriority])
