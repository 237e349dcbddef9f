import { atClock } from '../../../support/distributions/cycles.ts'
import { createSampler, distributions } from '../../../support/distributions/index.ts'
import { distribution } from '../../../support/params.ts'
import { step } from './step.ts'

export const compute = step({
  name: 'compute',
  title: 'Compute',
  summary: 'Work on a core of the instance: alone on it, or sharing it with the other requests in work.',
  mistakenFor: ['cpu', 'work', 'process', 'execute', 'run', 'busy'],
  goodFor: 'parsing, rendering, business rules: work of the processor itself',
  costs: 'a core for as long as it takes, or a share of one',
  params: {
    work: distribution({
      meaning: 'time on a core of its own, or cycles of its `clock`',
      dimension: 'duration',
      orCycles: true,
      family: distributions,
    }),
  },
  main: 'work',
  compile({ work }, compiler, next) {
    const sampler = createSampler(atClock(work, compiler.clockHz))
    const site = compiler.site()
    const { simulation, program } = compiler
    const { constant } = sampler
    return {
      run(visit) {
        visit.workMs = constant ?? sampler.sample(simulation.random.at(visit.request, visit.callPath, site))
        program.compute(visit, next)
        return null
      },
    }
  },
  work: ({ work }, _workOf, clockHz) => createSampler(atClock(work, clockHz)).mean,
  draws: ({ work }, _drawsOf, clockHz) => [{ distribution: atClock(work, clockHz), perCall: 1 }],
})
