import type { Chosen } from '../../../support/params.ts'
import { count, steps } from '../../../support/params.ts'
import type { Registry } from '../../../support/registry.ts'
import { stepTypes } from './index.ts'
import { step } from './step.ts'

export const repeat = step({
  name: 'repeat',
  title: 'Repeat',
  summary: 'The same steps several times, one after the other; each time draws its own work and keys.',
  mistakenFor: ['loop', 'for', 'foreach', 'times', 'each'],
  goodFor: 'the query in a loop (N + 1), pages of a long result',
  costs: 'every repetition pays the way there and back again',
  example: { repeat: 6, do: [{ call: 'photos.read' }] },
  params: {
    times: count({ meaning: 'how often', min: 1, max: 1000 }),
    do: steps({ meaning: 'what is repeated', family: (): Registry => stepTypes }),
  },
  main: 'times',
  inside: (values) => [values.do],
  copies: (values) => values.times,
  compile(values, compiler, next) {
    let first = next
    for (let i = 0; i < values.times; i++) first = compiler.sequence(values.do as readonly Chosen[], first)
    return first
  },
  calls: (values, edgesOf) => edgesOf(values.do).map((edge) => ({ ...edge, perCall: edge.perCall * values.times })),
  work: (values, workOf) => values.times * workOf(values.do),
  draws: (values, drawsOf) => drawsOf(values.do).map((draw) => ({ ...draw, perCall: draw.perCall * values.times })),
})
