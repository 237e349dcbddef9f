import { hashPair } from '../../../kernel/random.ts'
import { reference } from '../../../support/params.ts'
import { step } from './step.ts'

export const publish = step({
  name: 'publish',
  title: 'Publish',
  summary:
    'Puts a message into a queue and goes on as soon as the queue has taken it; what the workers do with it is nobody’s wait.',
  mistakenFor: ['send', 'emit', 'enqueue', 'produce', 'push', 'notify'],
  goodFor: 'work that nobody waits for: mail, thumbnails, indexing',
  costs: 'the work is done later or, if the queue rejects or loses it, never',
  example: { publish: 'thumbnails' },
  params: { to: reference({ meaning: 'the queue', to: 'block', accepts: ['queue'] }) },
  main: 'to',
  compile(values, compiler, next) {
    const { simulation, program } = compiler
    const site = compiler.site()
    const queue = compiler.lookup(values.to)
    const operation = queue.operation(undefined, compiler.endpoint)
    return {
      run(visit) {
        program.release(visit)
        const message = simulation.calls.makeDistinct(visit, site)
        message.operation = operation
        if (simulation.keepsIdentities) message.identity = hashPair(visit.identity, site)
        visit.child = message
        simulation.send(message, queue, (caller, _message, outcome) => {
          caller.child = null
          if (outcome === 0) program.resume(caller, next)
          else program.fail(caller, outcome)
        })
        return null
      },
    }
  },
  calls: ({ to }) => [{ to, perCall: 1 }],
})
