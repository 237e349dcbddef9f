import type { Call } from '../../../kernel/call.ts'
import { hashPair } from '../../../kernel/random.ts'
import { choice, count, either, type KOfN, kOfN, list, steps } from '../../../support/params.ts'
import type { Registry } from '../../../support/registry.ts'
import { stepTypes } from './index.ts'
import { type Op, step } from './step.ts'

export const parallel = step({
  name: 'parallel',
  title: 'Parallel',
  summary:
    'Several branches at once; goes on when the last has ended, or with `need` when enough have succeeded. If too many failed, the endpoint fails with the first failure.',
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
    need: either({
      meaning:
        'how many branches must succeed: it goes on when so many have, or fails when they no longer can, and cancels the others; without it, it waits for the last',
      of: [
        kOfN({ meaning: 'so many of the branches', maxN: 10_000_000 }),
        choice({ meaning: 'how many', words: ['all', 'majority'] }),
        count({ meaning: 'so many', min: 1 }),
      ],
      optional: true,
    }),
  },
  main: 'branches',
  check({ branches, times, need }, report) {
    const all = branches.length * times
    if (typeof need === 'object' && need.n !== all)
      report(
        'need',
        `\`need\` is of ${need.n} branches, and there are ${all}`,
        `write \`need: ${Math.min(need.k, all)} of ${all}\``,
      )
    if (typeof need === 'number' && need > all)
      report('need', `\`need\` is ${need}, and there are ${all} branches`, `write \`need: ${all}\` or less`)
  },
  forks: true,
  inside: (values) => values.branches,
  copies: (values) => values.times,
  compile(values, compiler, next) {
    const { simulation, program } = compiler
    // Copies of a branch run the same steps: what sets them apart is the site from which each begins.
    // A branch is a frame of its own: it holds nothing of what its visit holds.
    const branchCompiler = compiler.within(null)
    const firsts = values.branches.map((branch) => branchCompiler.sequence(branch, program.join))
    const branches = Array.from({ length: values.times }, () =>
      firsts.map((first) => ({ first, site: compiler.site() })),
    ).flat()
    const needed = neededOf(values, branches.length)
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
        visit.needed = needed
        visit.position = joined
        for (const { site } of branches) {
          const branch = simulation.calls.makeDistinct(visit, site)
          branch.wrote = visit.wrote
          branch.instance = visit.instance
          if (simulation.keepsIdentities) branch.identity = hashPair(visit.identity, site)
          branch.sibling = visit.child
          visit.child = branch
        }
        // All exist before the first runs: a branch that ends at once must not end the step.
        let branch = visit.child
        for (let i = branches.length - 1; i >= 0 && branch !== null; i--) {
          const following: Call | null = branch.sibling
          const generation = following?.generation
          program.resume(branch, (branches[i] as (typeof branches)[number]).first)
          // The step may have ended by that, and all branches with it.
          if (following?.generation !== generation) return null
          branch = following
        }
        // Branches that compute need the worker of an event loop.
        if (visit.child !== null && visit.position === joined) program.release(visit)
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

/** How many branches must succeed; 0 if all are waited for. */
function neededOf({ need }: { readonly need: KOfN | string | number | undefined }, branches: number): number {
  if (need === undefined) return 0
  if (typeof need === 'object') return need.k
  if (typeof need === 'number') return need
  return need === 'all' ? branches : Math.floor(branches / 2) + 1
}
