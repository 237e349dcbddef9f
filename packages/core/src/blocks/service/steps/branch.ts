import { share, steps } from '../../../support/params.ts'
import type { Registry } from '../../../support/registry.ts'
import { stepTypes } from './index.ts'
import { step } from './step.ts'

export const branch = step({
  name: 'branch',
  title: 'Branch',
  summary: 'One of two ways, drawn with the probability given.',
  mistakenFor: ['if', 'when', 'choice', 'switch', 'either'],
  goodFor: 'what only some requests do: a rare search, a cache that the design does not show',
  example: { branch: '20%', do: [{ compute: '2ms' }] },
  costs: 'each visit draws independently: two requests of one user share no outcome',
  params: {
    share: share({ meaning: 'share of the visits that take the first way' }),
    do: steps({ meaning: 'the first way', family: (): Registry => stepTypes }),
    else: steps({ meaning: 'the other way', family: (): Registry => stepTypes, default: [] }),
  },
  main: 'share',
  inside: (values) => [values.do, values.else],
  compile(values, compiler, next) {
    const { simulation } = compiler
    const site = compiler.site()
    const taken = compiler.sequence(values.do, next)
    const other = compiler.sequence(values.else, next)
    const { share } = values
    return {
      run: (visit) => (simulation.random.at(visit.request, visit.callPath, site).next() < share ? taken : other),
    }
  },
  calls: (values, edgesOf) => [
    ...edgesOf(values.do).map((edge) => ({ ...edge, perCall: edge.perCall * values.share })),
    ...edgesOf(values.else).map((edge) => ({ ...edge, perCall: edge.perCall * (1 - values.share) })),
  ],
  draws: (values, drawsOf) => [
    ...drawsOf(values.do).map((draw) => ({ ...draw, perCall: draw.perCall * values.share })),
    ...drawsOf(values.else).map((draw) => ({ ...draw, perCall: draw.perCall * (1 - values.share) })),
  ],
  work: (values, workOf) => expected(values.share, workOf(values.do)) + expected(1 - values.share, workOf(values.else)),
})

/** A way that is never taken adds nothing, even if its mean is infinite. */
function expected(share: number, mean: number): number {
  return share === 0 ? 0 : share * mean
}
