import { registry } from '../../support/registry.ts'
import { constant } from './constant.ts'
import { diurnal } from './diurnal.ts'
import { ramp } from './ramp.ts'
import type { Shape } from './shape.ts'
import { spike } from './spike.ts'
import { steps } from './steps.ts'

export const shapes = registry<Shape>('shape', [constant, ramp, spike, steps, diurnal])
