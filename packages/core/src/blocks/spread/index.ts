import { registry } from '../../support/registry.ts'
import { jump } from './jump.ts'
import { modulo } from './modulo.ts'
import { ring } from './ring.ts'
import type { Spread } from './spread.ts'

export const spreads = registry<Spread>('spread over nodes', [ring, jump, modulo])
