import type { Step } from '../../../kernel/agenda.ts'
import type { Call } from '../../../kernel/call.ts'
import { createSampler, laws } from '../../../support/laws/index.ts'
import { law } from '../../../support/params.ts'
import { step } from './step.ts'

export const wait = step({
  name: 'wait',
  title: 'Wait',
  summary: 'A delay that uses nothing of the instance: a wire, a timer, a system outside the design.',
  goodFor: 'systems outside the design that do not slow down under this load',
  costs: 'it never queues: what it stands for has no limit here',
  params: { delay: law({ meaning: 'how long', dimension: 'duration', family: laws }) },
  main: 'delay',
  compile({ delay }, compiler, next) {
    const sampler = createSampler(delay)
    const site = compiler.site()
    const { simulation, program } = compiler
    const { agenda } = simulation
    const waited: Step<Call> = (visit) => {
      if (visit.traced) simulation.trace(visit, 'travelling', visit.sinceMs, agenda.nowMs)
      program.resume(visit, next)
    }
    const lane = sampler.constant === undefined ? null : agenda.lane<Call>(sampler.constant, waited)
    return {
      run(visit) {
        program.release(visit)
        if (visit.traced) visit.sinceMs = agenda.nowMs
        if (lane !== null) lane.push(visit)
        else agenda.after(sampler.sample(simulation.chance.at(visit.request, visit.lineage, site)), waited, visit)
        return null
      },
    }
  },
})
