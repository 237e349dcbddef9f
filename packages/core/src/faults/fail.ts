import { share } from '../support/params.ts'
import { instanceFault } from './fault.ts'

export const fail = instanceFault({
  name: 'fail',
  title: 'Failing answers',
  summary:
    'A share of the answers are errors. The work is done before, and takes its time; health checks find the instance well.',
  mistakenFor: ['errors', 'error-rate', 'http-500', 'exceptions', 'bad-release'],
  goodFor: 'a bad release on some of the instances (`count: 30%`), a bug that some requests meet, a broken answer',
  costs: 'the work is lost; retries do it again, and what it changed stays changed',
  source: 'P. Huang et al., "Gray Failure: The Achilles’ Heel of Cloud-Scale Systems", HotOS 2017',
  example: { fail: 'web', share: '20%', at: '20s', for: '10s' },
  params: { share: share({ meaning: 'share of the answers that are errors, drawn by request', max: 1 }) },
  idle: ({ share }) => (share === 0 ? { field: 'share', why: 'no answer fails', hint: 'write `share: 20%`' } : null),
  affects: 'answers',
  state: 'failing',
  stateAfter: 'well',
  begin: (instance, { share, on }, site) => instance.fail({ share, site, operation: on.operation }),
})
