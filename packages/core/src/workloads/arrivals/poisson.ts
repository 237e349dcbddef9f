import { standardExponential } from '../../support/standard-exponential.ts'
import { arrival } from './arrival.ts'

export const poisson = arrival({
  name: 'poisson',
  title: 'Poisson arrivals',
  summary: 'Requests of many independent users: gaps are exponential, and the past says nothing about the next.',
  source: 'Palm–Khintchine theorem: the sum of many sparse independent streams tends to a Poisson process',
  goodFor: 'traffic of many users who do not know of one another',
  costs: 'no crowds: traffic that is burstier queues longer than this predicts',
  params: {},
  create: () => ({ next: standardExponential }),
})
