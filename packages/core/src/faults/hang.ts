import { instanceFault } from './fault.ts'

export const hang = instanceFault({
  name: 'hang',
  title: 'Hang',
  summary:
    'An instance accepts calls and never answers. With `for` it is then restarted: what it held is lost. Health checks find it silent.',
  mistakenFor: ['deadlock', 'freeze', 'black-hole', 'unresponsive', 'stuck'],
  goodFor: 'a deadlock, a full heap, a process whose threads are all blocked: its port is still open',
  costs: 'callers wait for their time-out, and without one forever; a crash would tell them at once',
  source: 'P. Huang et al., "Gray Failure: The Achilles’ Heel of Cloud-Scale Systems", HotOS 2017',
  example: { hang: 'web.2', at: '20s', for: '10s' },
  params: {},
  state: 'hung',
  stateAfter: 'restarted',
  failsHealthChecks: true,
  actsAtOnce: true,
  begin: (instance) => instance.hang(),
})
