import { failedAt, reasons } from '../../../kernel/outcome.ts'
import { share } from '../../../support/params.ts'
import { step } from './step.ts'

export const fail = step({
  name: 'fail',
  title: 'Fail',
  summary:
    'Ends the endpoint with an error, with the probability given: a bug, an exception, a 500. Each attempt is drawn again.',
  mistakenFor: ['error', 'throw', 'raise', 'abort', 'exception'],
  goodFor: 'errors that come with every release, and what callers do about them',
  costs: 'failures are independent of load, of time and of one another, as real bugs are not',
  params: { share: share({ meaning: 'share of the visits that fail here' }) },
  main: 'share',
  compile({ share }, compiler, next) {
    const { simulation, program, block } = compiler
    const site = compiler.site()
    return {
      run(visit) {
        if (simulation.random.at(visit.request, visit.callPath, site).next() >= share) return next
        program.fail(visit, failedAt(reasons.failed, block))
        return null
      },
    }
  },
})
