import { choice } from './choice.ts'

export const random = choice({
  name: 'random',
  title: 'Random',
  summary: 'Any healthy target, each equally likely.',
  goodFor: 'many balancers that know nothing of one another',
  costs: 'some targets queue while others idle: each is an M/M/1 of its own',
  seenIn: ['HAProxy `balance random`', 'Envoy `RANDOM`'],
  params: {},
  create: (_values, targets) => ({
    choose: (_call, _nowMs, random) => targets.available[random.below(targets.available.length)] as number,
  }),
})
