import type { Call } from '../../../kernel/call.ts'
import { count, list, steps } from '../../../support/params.ts'
import type { Registry } from '../../../support/registry.ts'
import { stepTypes } from './index.ts'
import { type Op, step } from './step.ts'

export const parallel = step({
  name: 'parallel',
  title: 'Parallel',
  summary:
    'Several branches at once; goes on when the last has ended. If any failed, the endpoint then fails with the first failure.',
  mistakenFor: ['all', 'fan-out', 'concurrent', 'fork', 'async'],
  goodFor: 'fan-out: asking shards or several services at once',
  costs: 'the slowest branch decides: the more branches, the nearer the mean comes to their tail',
  source: 'J. Dean, L. A. Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013',
  example: { parallel: [[{ call: 'photos.read' }], [{ call: 'album.read' }]] },
  params: {
    branches: list({
      meaning: 'the branches, each a list of steps',
      of: steps({ meaning: 'one branch', family: (): Registry => stepTypes }),
      min: 1,
      max: 1000,
    }),
    times: count({ meaning: 'how many copies of each branch', default: 1, min: 1, max: 10_000 }),
  },
  main: 'branches',
  forks: true,
  inside: (values) => values.branches,
  copies: (values) => values.times,
  compile(values, compiler, next) {
    const { simulation, program } = compiler
    // Copies of a branch run the same steps: what sets them apart is the site from which each begins.
    const firsts = values.branches.map((branch) => compiler.sequence(branch, program.join))
    const branches = Array.from({ length: values.times }, () =>
      firsts.map((first) => ({ first, site: compiler.site() })),
    ).flat()
    const joined: Op = {
      run(visit) {
        if (visit.failure === 0) return next
        program.fail(visit, visit.failure)
        return null
      },
    }
    return {
      run(visit) {
        visit.pending = branches.length
        visit.failure = 0
        visit.position = joined
        for (const { site } of branches) {
          const branch = simulation.calls.makeDistinct(visit, site)
          branch.wrote = visit.wrote
          branch.instance = visit.instance
          branch.sibling = visit.child
          visit.child = branch
        }
        // All exist before the first runs: a branch that ends at once must not end the step.
        let branch = visit.child
        for (let i = branches.length - 1; i >= 0 && branch !== null; i--) {
          const following: Call | null = branch.sibling
          program.resume(branch, (branches[i] as (typeof branches)[number]).first)
          branch = following
        }
        return null
      },
    }
  },
  calls: (values, edgesOf) =>
    values.branches.flatMap((branch) =>
      edgesOf(branch).map((edge) => ({ ...edge, perCall: edge.perCall * values.times })),
    ),
  draws: (values, drawsOf) =>
    values.branches.flatMap((branch) =>
      drawsOf(branch).map((draw) => ({ ...draw, perCall: draw.perCall * values.times })),
    ),
  work: (values, workOf) => values.times * values.branches.reduce((sum, branch) => sum + workOf(branch), 0),
})
