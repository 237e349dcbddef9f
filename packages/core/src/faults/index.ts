import { registry } from '../support/registry.ts'
import { crash } from './crash.ts'
import type { Fault } from './fault.ts'
import { hang } from './hang.ts'
import { pause } from './pause.ts'
import { slow } from './slow.ts'

const members = [crash, slow, pause, hang] as const

export type FaultMember = (typeof members)[number]

export const faults = registry<Fault>('fault', members)
