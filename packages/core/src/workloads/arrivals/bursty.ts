import { factor } from '../../support/params.ts'
import { standardExponential } from '../../support/standard-exponential.ts'
import { arrival } from './arrival.ts'

export const bursty = arrival({
  name: 'bursty',
  title: 'Bursty arrivals',
  summary:
    'Gaps are hyper-exponential with the given coefficient of variation: crowds of short gaps, then long pauses. `cv 1` is Poisson.',
  source:
    'two-phase hyper-exponential with balanced means, for example W. Whitt, "Approximating a point process", 1982',
  goodFor: 'traffic that arrives in crowds: page loads that fan out, batches, reconnecting clients',
  costs: 'longer queues at the same rate; how bursty one’s traffic is has to be measured',
  params: { cv: factor({ meaning: 'standard deviation of the gap over its mean, at least 1', min: 1, max: 1000 }) },
  short: 'cv {cv}',
  create({ cv }) {
    const squared = cv * cv
    const share = 0.5 * (1 + Math.sqrt((squared - 1) / (squared + 1)))
    // A source has been at work before: the gap then under way is, by balanced means, as often of the long kind as of the short one.
    let shareOfShort = 0.5
    return {
      next(source) {
        const isShort = source.next() < shareOfShort
        shareOfShort = share
        const rate = isShort ? 2 * share : 2 * (1 - share)
        return standardExponential(source) / rate
      },
    }
  },
})
