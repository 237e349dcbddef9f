import { choice } from './choice.ts'

export const roundRobin = choice({
  name: 'round-robin',
  title: 'Round robin',
  summary: 'The healthy targets in turn.',
  goodFor: 'equal targets and requests of similar cost',
  costs: 'blind to a target that is slow or has long requests',
  seenIn: ['nginx (default)', 'HAProxy `balance roundrobin`', 'Envoy `ROUND_ROBIN`'],
  params: {},
  create(_values, targets) {
    let last = -1
    return {
      choose() {
        last = last + 1 < targets.available.length ? last + 1 : 0
        return targets.available[last] as number
      },
    }
  },
})
