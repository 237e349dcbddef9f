import { createSampler, distributions } from '../support/distributions/index.ts'
import { distribution, share } from '../support/params.ts'
import { networkFault } from './fault.ts'

export const worsen = networkFault({
  name: 'worsen',
  title: 'Worse network',
  summary: 'Messages between two sides take longer each way, and some are lost.',
  mistakenFor: ['delay', 'latency', 'jitter', 'netem', 'packet-loss', 'loss', 'degrade-network'],
  goodFor: 'a congested line, a detour, a bad cable',
  costs: 'every call over it is later; with loss, callers without a time-out wait forever',
  example: { worsen: ['web', 'album'], latency: '50ms', loss: '1%', at: '60s', for: '30s' },
  params: {
    latency: distribution({
      meaning: 'time that each message takes longer, one way',
      dimension: 'duration',
      family: distributions,
      optional: true,
    }),
    loss: share({ meaning: 'share of the messages that are lost, each way', default: '0%', max: 1 }),
  },
  check({ latency, loss }, report) {
    if (latency === undefined && loss === 0)
      report('latency', 'nothing becomes worse', 'add `latency: 50ms` or `loss: 1%`')
  },
  state: 'worse',
  stateAfter: 'as before',
  change: ({ latency, loss }) => ({
    isCut: false,
    latency: latency === undefined ? null : createSampler(latency),
    loss,
  }),
})
