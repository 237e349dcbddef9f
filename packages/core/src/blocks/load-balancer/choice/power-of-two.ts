import { count } from '../../../support/params.ts'
import { choice } from './choice.ts'
import { leastCost } from './least-cost.ts'
import { fromReports, reportsParam } from './reports.ts'

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
  main: 'choices',
  params: { choices: count({ meaning: 'targets looked at', default: 2, min: 2, max: 100 }), reports: reportsParam },
  create: ({ choices, reports }, targets) =>
    fromReports(targets, reports, (known) => {
      const pick = leastCost(known, (target) => known.outstanding[target] as number, choices)
      return { choose: (_call, nowMs, random) => pick(nowMs, random) }
    }),
})
