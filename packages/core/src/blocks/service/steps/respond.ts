import { createSampler, distributions } from '../../../support/distributions/index.ts'
import { distribution } from '../../../support/params.ts'
import { step } from './step.ts'

export const respond = step({
  name: 'respond',
  title: 'Respond',
  summary: 'Sets the size of the answer, for the links that carry it.',
  mistakenFor: ['return', 'reply', 'response', 'answer'],
  goodFor: 'links with a bandwidth or a price of traffic',
  costs: 'nothing by itself: only links look at sizes',
  params: { size: distribution({ meaning: 'bytes of the answer', dimension: 'size', family: distributions }) },
  main: 'size',
  answerSize: ({ size }) => size,
  compile({ size }, compiler, next) {
    const sampler = createSampler(size)
    const site = compiler.site()
    const { random } = compiler.simulation
    return {
      run(visit) {
        visit.replyBytes = sampler.constant ?? sampler.sample(random.at(visit.request, visit.callPath, site))
        return next
      },
    }
  },
})
