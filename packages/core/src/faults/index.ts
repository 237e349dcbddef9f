import { registry } from '../support/registry.ts'
import { crash } from './crash.ts'
import { cut } from './cut.ts'
import { deploy } from './deploy.ts'
import { fail } from './fail.ts'
import type { Fault } from './fault.ts'
import { flush } from './flush.ts'
import { hang } from './hang.ts'
import { leak } from './leak.ts'
import { pause } from './pause.ts'
import { scale } from './scale.ts'
import { slow } from './slow.ts'
import { surge } from './surge.ts'
import { worsen } from './worsen.ts'

const members = [crash, slow, pause, hang, fail, cut, worsen, flush, leak, surge, scale, deploy] as const

export type FaultMember = (typeof members)[number]

export const faults = registry<Fault>('fault', members)
