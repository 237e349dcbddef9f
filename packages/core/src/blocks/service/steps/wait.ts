import type { Handler } from '../../../kernel/agenda.ts'
import type { Call } from '../../../kernel/call.ts'
import { createSampler, distributions } from '../../../support/distributions/index.ts'
import { distribution } from '../../../support/params.ts'
import { step } from './step.ts'

export const wait = step({
  name: 'wait',
  title: 'Wait',
  summary: 'A delay without computing, such as a system outside the design; a worker that is held stays held.',
  mistakenFor: ['sleep', 'delay', 'pause', 'latency', 'io'],
  goodFor: 'systems outside the design that do not slow down under this load',
  costs: 'it never queues: what it stands for has no limit here',
  params: {
    delay: distribution({
      meaning: 'duration; grows with the work factor and with a slow instance',
      dimension: 'duration',
      family: distributions,
    }),
  },
  main: 'delay',
  compile({ delay }, compiler, next) {
    const sampler = createSampler(delay)
    const site = compiler.site()
    const { simulation, program } = compiler
    const { agenda, workFactor } = simulation
    const waited: Handler<Call> = (visit) => {
      if (visit.traced) simulation.trace(visit, 'waiting', visit.sinceMs, agenda.nowMs, 'wait step')
      program.resume(visit, next)
    }
    const { constant } = sampler
    const lane = constant === undefined || program.canSlow ? null : agenda.lane<Call>(constant * workFactor, waited)
    return {
      run(visit) {
        program.release(visit)
        if (visit.traced) visit.sinceMs = agenda.nowMs
        if (lane !== null) {
          lane.push(visit)
          return null
        }
        visit.workMs = constant ?? sampler.sample(simulation.random.at(visit.request, visit.callPath, site))
        program.pass(visit, waited)
        return null
      },
    }
  },
  draws: ({ delay }) => [{ distribution: delay, perCall: 1 }],
})
