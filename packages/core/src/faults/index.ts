import { registry } from '../support/registry.ts'
import { crash } from './crash.ts'
import type { Fault } from './fault.ts'
import { pause } from './pause.ts'
import { slow } from './slow.ts'

export const faults = registry<Fault>('fault', [crash, slow, pause])
