import { registry } from '../../support/registry.ts'
import type { Arrival } from './arrival.ts'
import { bursty } from './bursty.ts'
import { poisson } from './poisson.ts'
import { regular } from './regular.ts'

export const arrivals = registry<Arrival>('arrival process', [poisson, regular, bursty])
