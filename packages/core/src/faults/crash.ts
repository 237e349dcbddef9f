import { reference } from '../support/params.ts'
import { together } from './condition.ts'
import { fault } from './fault.ts'

export const crash = fault({
  name: 'crash',
  title: 'Crash',
  summary:
    'An instance dies: what it held is lost, and calls to it are rejected until it is back. Without `for` it stays down.',
  mistakenFor: ['kill', 'stop', 'terminate', 'shutdown', 'down', 'outage', 'restart', 'reboot', 'fail'],
  goodFor: 'a process that dies, a machine that reboots, a deployment that takes an instance away',
  costs: 'work in progress is lost; callers without a health check keep calling the instance',
  example: { crash: 'web.2', at: '20s', for: '10s' },
  params: { on: reference({ meaning: 'the block, or one instance of it', to: 'instance' }) },
  main: 'on',
  state: 'down',
  stateAfter: 'back',
  touches: ({ on }) => [on],
  inject: (_values, { affected }) => together(affected.map((instance) => instance.crash())),
})
