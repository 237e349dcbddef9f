import { choice } from './choice.ts'

export const weightedRoundRobin = choice({
  name: 'weighted-round-robin',
  title: 'Smooth weighted round robin',
  summary:
    'Targets in turn, in proportion to their weights and evenly spread: each gains its weight every time, the richest is chosen and pays the sum.',
  source: 'nginx upstream module, "smooth weighted round-robin", 2012',
  goodFor: 'targets of known, different size',
  costs: 'weights are set by hand and age',
  seenIn: ['nginx `weight`', 'HAProxy `weight`', 'LVS `wrr`'],
  params: {},
  weighs: true,
  create(_values, targets) {
    const credit = new Float64Array(targets.count)
    return {
      choose() {
        let sum = 0
        let richest = -1
        for (const target of targets.available) {
          const weight = targets.weights[target] as number
          sum += weight
          credit[target] = (credit[target] as number) + weight
          if (richest < 0 || (credit[target] as number) > (credit[richest] as number)) richest = target
        }
        credit[richest] = (credit[richest] as number) - sum
        return richest
      },
    }
  },
})
