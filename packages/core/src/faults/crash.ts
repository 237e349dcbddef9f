import { duration, reference } from '../support/params.ts'
import { fault, faultMisnomers, Happening } from './fault.ts'

export const crash = fault({
  name: 'crash',
  title: 'Crash',
  summary:
    'An instance dies: what it held is lost, and calls to it are rejected until it is back. Without `for` it stays down.',
  mistakenFor: ['kill', 'stop', 'terminate', 'shutdown', 'down', 'outage', 'restart', 'reboot', 'fail'],
  goodFor: 'a process that dies, a machine that reboots, a deployment that takes an instance away',
  costs: 'work in progress is lost; callers without a health check keep calling the instance',
  example: { crash: 'web.2', at: '20s', for: '10s' },
  misnomers: faultMisnomers,
  params: {
    on: reference({ meaning: 'the block, or one instance of it', to: 'instance' }),
    at: duration({ meaning: 'when' }),
    for: duration({ meaning: 'how long until it takes calls again', optional: true }),
  },
  main: 'on',
  schedule(values, { agenda, instances }) {
    Happening.at(agenda, values.at, () => {
      for (const instance of instances) instance.crash()
    })
    if (values.for === undefined) return
    Happening.at(agenda, values.at + values.for, () => {
      for (const instance of instances) instance.restart()
    })
  },
  moments: (values) => [
    { atMs: values.at, label: `${name(values.on)} down` },
    ...(values.for === undefined
      ? []
      : [{ atMs: values.at + values.for, label: `${name(values.on)} back`, sinceMs: values.at }]),
  ],
})

function name({ block, instance }: { block: string; instance?: number }): string {
  return instance === undefined ? block : `${block}.${instance}`
}
