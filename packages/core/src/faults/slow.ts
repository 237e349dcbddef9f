import { keeping } from '../support/misnomers.ts'
import { factor } from '../support/params.ts'
import { instanceFault } from './fault.ts'

export const slow = instanceFault({
  name: 'slow',
  title: 'Slow-down',
  summary:
    'Everything an instance does takes `factor` times as long, also what is already in work: computing, `wait` steps, disks. On a link, latency and transmission do. With `slow: db.disk` only reads from the disk and flushes do.',
  mistakenFor: ['slowdown', 'degrade', 'brownout', 'throttle', 'slow-down'],
  goodFor: 'noisy neighbours, thermal throttling, a failing disk: the fault that health checks do not see',
  costs: 'a slow instance holds its callers for longer than a dead one',
  source: 'P. Huang et al., "Gray Failure: The Achilles’ Heel of Cloud-Scale Systems", HotOS 2017',
  example: { slow: 'web.2', factor: 10, at: '20s', for: '10s' },
  misnomers: {
    by: keeping('10', 'write `factor: {given}`'),
    multiplier: keeping('10', 'write `factor: {given}`'),
    times: keeping('10', 'write `factor: {given}`'),
  },
  params: {
    factor: factor({ meaning: 'how many times as long everything takes there', min: 0.01, max: 10_000 }),
  },
  idle: ({ factor }) => (factor === 1 ? { field: 'factor', why: 'the factor is 1', hint: 'write `factor: 10`' } : null),
  mayBeDisk: true,
  state: 'slow',
  stateAfter: 'well',
  begin: (instance, { on, factor }) => (on.role === 'disk' ? instance.slowDisk(factor) : instance.slow(factor)),
})
