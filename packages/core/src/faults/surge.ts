import { keeping } from '../support/misnomers.ts'
import { factor, reference } from '../support/params.ts'
import type { SourceValues } from '../workloads/source.ts'
import { fault, withoutCount } from './fault.ts'

export const surge = withoutCount(
  fault({
    name: 'surge',
    title: 'Surge of traffic',
    summary:
      'A source, or one kind of its requests, sends `factor` times as many requests. Regular arrivals stay regular, Poisson ones Poisson, and a `shape` keeps its form.',
    mistakenFor: ['spike', 'burst', 'flash-crowd', 'traffic-spike', 'load'],
    goodFor: 'a flash crowd, a campaign, clients that all come back at once; `shape` says how a rate changes by plan',
    costs: 'what the system cannot carry waits or fails, and its backlog remains after the surge',
    example: { surge: 'visitors', factor: 3, at: '20s', for: '10s' },
    misnomers: {
      by: keeping('3', 'write `factor: {given}`'),
      times: keeping('3', 'write `factor: {given}`'),
      multiplier: keeping('3', 'write `factor: {given}`'),
    },
    params: {
      of: reference({ meaning: 'the source of traffic, or one kind of its requests: `phones.view`', to: 'traffic' }),
      factor: factor({ meaning: 'how many times as many requests arrive', min: 0.01, max: 1000 }),
    },
    main: 'of',
    affects: 'arrivals',
    state: 'surging',
    stateAfter: 'as before',
    touches: ({ of }) => [of],
    inject: ({ of, factor }, { traffic }) => traffic.multiply(of.block, of.operation, factor),
    idle: ({ factor }) =>
      factor === 1 ? { field: 'factor', why: 'the factor is 1', hint: 'write `factor: 3`' } : null,
    checkContext({ of }, { sourceValues }) {
      const values = sourceValues(of.block) as SourceValues | undefined
      if (values === undefined || values.rate !== undefined) return []
      const [message, hint] =
        values.users === undefined
          ? [`\`${of.block}\` has no rate to surge`, `give \`${of.block}\` a \`rate\``]
          : [
              `\`${of.block}\` is a closed loop: it has users and no rate to surge`,
              `write \`rate\` instead of \`users\`, or add a source with more users, \`at\` and \`for\``,
            ]
      return [{ code: 'surge-of-closed-loop', field: 'of', message, hint }]
    },
  }),
)
