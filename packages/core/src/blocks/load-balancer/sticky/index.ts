import { registry } from '../../../support/registry.ts'
import { cookie } from './cookie.ts'
import { source } from './source.ts'
import type { Sticky } from './sticky.ts'

export const stickies = registry<Sticky>('stickiness of a balancer', [cookie, source])
