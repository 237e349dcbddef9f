import { registry } from '../../../support/registry.ts'
import type { Choice } from './choice.ts'
import { leastOutstanding } from './least-outstanding.ts'
import { powerOfTwo } from './power-of-two.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'
import { weightedRoundRobin } from './weighted-round-robin.ts'

export const choices = registry<Choice>('choice of a balancer', [
  random,
  roundRobin,
  weightedRoundRobin,
  leastOutstanding,
  powerOfTwo,
])
