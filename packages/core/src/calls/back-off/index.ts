import { registry } from '../../support/registry.ts'
import type { BackOffPolicy } from './back-off.ts'
import { constant } from './constant.ts'
import { decorrelated } from './decorrelated.ts'
import { exponential } from './exponential.ts'
import { fullJitter } from './full-jitter.ts'
import { none } from './none.ts'

export const backOffs = registry<BackOffPolicy>('back-off', [none, constant, exponential, fullJitter, decorrelated])
