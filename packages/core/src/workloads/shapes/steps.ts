import { duration, factor, list, record } from '../../support/params.ts'
import { shape } from './shape.ts'

export const steps = shape({
  name: 'steps',
  title: 'Steps',
  summary: 'The rate jumps to a new factor at each of a list of moments.',
  goodFor: 'a load test in stages',
  costs: 'each stage has to be long enough to settle',
  params: {
    steps: list({
      meaning: 'moments in ascending order, and the factor from each of them on',
      of: record({
        meaning: 'one step',
        fields: {
          at: duration({ meaning: 'when the step comes' }),
          factor: factor({ meaning: 'factor on the rate from then on', min: 0 }),
        },
      }),
      min: 1,
      max: 1000,
    }),
  },
  check: ({ steps }) =>
    steps.every((step, i) => i === 0 || step.at > (steps[i - 1]?.at ?? 0))
      ? undefined
      : 'the steps are not in order of time',
  profile({ steps }) {
    const timesMs: number[] = []
    const factors: number[] = []
    let before = 1
    for (const { at, factor } of steps) {
      timesMs.push(at, at)
      factors.push(before, factor)
      before = factor
    }
    return { timesMs, factors }
  },
  moments: ({ steps }) => steps.map((step) => ({ atMs: step.at, label: `×${step.factor}` })),
})
