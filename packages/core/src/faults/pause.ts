import { instanceFault } from './fault.ts'
import { renewedPause } from './former-pause.ts'

export const pause = instanceFault({
  name: 'pause',
  title: 'Pause',
  summary:
    'An instance stops for a moment and then goes on where it was. With `every: exponential 10s` it does so now and then, each instance on its own.',
  mistakenFor: ['gc', 'suspend', 'stall'],
  goodFor: 'garbage collection, page faults, live migration, a virtual machine that is not scheduled',
  costs: 'what is in work waits, and what arrives in the meantime queues behind it: few pauses make the tail',
  seenIn: ['Java garbage collection', 'virtual machines on crowded hosts'],
  example: { pause: 'web', every: 'exponential 10s', for: '150ms' },
  params: {},
  renewed: renewedPause,
  state: 'paused',
  stateAfter: 'resumed',
  failsHealthChecks: true,
  begin: (instance) => instance.pause(),
})
