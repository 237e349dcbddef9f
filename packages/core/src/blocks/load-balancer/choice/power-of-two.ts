import { count } from '../../../support/params.ts'
import { choice } from './choice.ts'

export const powerOfTwo = choice({
  name: 'power-of-two',
  title: 'Power of two choices',
  summary:
    'Looks at a few distinct targets drawn at random and takes the one with the fewest calls outstanding; ties at random.',
  source: 'M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE TPDS 12(10), 2001',
  goodFor: 'many targets or many balancers: nearly as good as knowing all, at the price of two looks',
  costs: 'a little longer queues than least outstanding',
  seenIn: ['Envoy `LEAST_REQUEST`', 'nginx `random two least_conn`', 'HAProxy `balance random(2)`', 'Finagle `P2C`'],
  aliases: ['p2c', 'two-choices'],
  params: { choices: count({ meaning: 'targets looked at', default: 2, min: 2, max: 100 }) },
  create({ choices }, targets) {
    const seen: number[] = []
    return {
      choose(random) {
        const { available, outstanding } = targets
        const looks = choices < available.length ? choices : available.length
        seen.length = 0
        let best = -1
        let ties = 0
        while (seen.length < looks) {
          const target = available[random.below(available.length)] as number
          if (seen.includes(target)) continue
          seen.push(target)
          const calls = outstanding[target] as number
          if (best < 0 || calls < (outstanding[best] as number)) {
            best = target
            ties = 1
          } else if (calls === outstanding[best] && random.below(++ties) === 0) {
            best = target
          }
        }
        return best
      },
    }
  },
})
