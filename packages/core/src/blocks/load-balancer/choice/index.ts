import { registry } from '../../../support/registry.ts'
import type { Choice } from './choice.ts'
import { consistentHash } from './consistent-hash.ts'
import { joinIdleQueue } from './join-idle-queue.ts'
import { leastOutstanding } from './least-outstanding.ts'
import { leastResponseTime } from './least-response-time.ts'
import { maglev } from './maglev.ts'
import { peakEwma } from './peak-ewma.ts'
import { powerOfTwo } from './power-of-two.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'
import { sourceHash } from './source-hash.ts'
import { weightedRoundRobin } from './weighted-round-robin.ts'

export const choices = registry<Choice>('choice of a balancer', [
  random,
  roundRobin,
  weightedRoundRobin,
  leastOutstanding,
  powerOfTwo,
  leastResponseTime,
  peakEwma,
  joinIdleQueue,
  sourceHash,
  consistentHash,
  maglev,
])
