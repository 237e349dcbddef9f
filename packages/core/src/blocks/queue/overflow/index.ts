import { registry } from '../../../support/registry.ts'
import { block } from './block.ts'
import { dropOldest } from './drop-oldest.ts'
import type { Overflow } from './overflow.ts'
import { reject } from './reject.ts'

export const overflows = registry<Overflow>('overflow policy', [reject, dropOldest, block])
