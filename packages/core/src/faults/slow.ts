import { factor, reference } from '../support/params.ts'
import { together } from './condition.ts'
import { fault } from './fault.ts'

export const slow = fault({
  name: 'slow',
  title: 'Slow-down',
  summary:
    'Everything an instance does takes `factor` times as long, also what is already in work: computing, `wait` steps, disks. On a link, latency and transmission do.',
  mistakenFor: ['slowdown', 'degrade', 'brownout', 'throttle', 'slow-down'],
  insteadOf: {
    latency: 'write `slow: web, factor: 10`; the delay of the network is `latency` of a `link`',
    delay: 'write `slow: web, factor: 10`; the delay of the network is `latency` of a `link`',
    cut: 'remove it: a cut of the network is not there yet',
    partition: 'remove it: a cut of the network is not there yet',
  },
  goodFor: 'noisy neighbours, thermal throttling, a failing disk: the fault that health checks do not see',
  costs: 'a slow instance holds its callers for longer than a dead one',
  source: 'P. Huang et al., "Gray Failure: The Achilles’ Heel of Cloud-Scale Systems", HotOS 2017',
  example: { slow: 'web.2', factor: 10, at: '20s', for: '10s' },
  misnomers: {
    by: 'write `factor: 10`',
    multiplier: 'write `factor: 10`',
    times: 'write `factor: 10`',
  },
  params: {
    on: reference({ meaning: 'the block, or one instance of it', to: 'instance' }),
    factor: factor({ meaning: 'how many times as long everything takes there', min: 0.01, max: 10_000 }),
  },
  main: 'on',
  state: 'slow',
  stateAfter: 'well',
  touches: ({ on }) => [on],
  inject: (values, { affected }) => together(affected.map((instance) => instance.slow(values.factor))),
})
