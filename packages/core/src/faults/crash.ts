import { instanceFault } from './fault.ts'

export const crash = instanceFault({
  name: 'crash',
  title: 'Crash',
  summary:
    'An instance dies: what it held is lost, and calls to it are rejected until it is back. Without `for` it stays down.',
  mistakenFor: ['kill', 'stop', 'terminate', 'shutdown', 'down', 'outage', 'restart', 'reboot'],
  goodFor: 'a process that dies, a machine that reboots, a deployment that takes an instance away',
  costs: 'work in progress is lost; callers without a health check keep calling the instance',
  example: { crash: 'web.2', at: '20s', for: '10s' },
  params: {},
  state: 'down',
  stateAfter: 'back',
  failsHealthChecks: true,
  actsAtOnce: true,
  begin: (instance) => instance.crash(),
})
