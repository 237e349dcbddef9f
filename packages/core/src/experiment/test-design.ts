import type { Design, Objective, Relation } from '../language/design.ts'
import { nominalWorld } from '../support/params.ts'
import type { Answer, ObjectiveAnswer, RelationAnswer } from './answer.ts'
import { runPaired } from './compare.ts'
import { judgeRelation, ranOf } from './relations.ts'
import type { Rounds, RunContext } from './rounds.ts'
import type { RunValues } from './run-params.ts'
import { finish, type SimulateOptions, simulate } from './simulate.ts'

/** What became of the promises of a design. Plain data. */
export interface TestAnswer {
  readonly design: string
  readonly seed: number
  /** In the order in which they stand; what every variant promises is tested on the design as it stands. */
  readonly promises: readonly PromiseAnswer[]
}

/** What became of a promise about one variant, or between two. */
export type PromiseAnswer = ObjectiveAnswer | RelationAnswer

/** The promise that was tested. */
export function promiseOf(answer: PromiseAnswer): Objective | Relation {
  return 'relation' in answer ? answer.relation : answer.objective
}

/** Position of a promise in its list. */
export function placeOf({ path }: Objective | Relation): number {
  return Number(path.slice(path.lastIndexOf('.') + 1))
}

/**
 * Tests what a design promises. Variants that are compared with each other run under the same chance, replication by
 * replication; the others on their own, each to its own precision. `read` gives the design with a variant applied.
 */
export async function testDesign(
  read: (variant: string | undefined) => Design,
  options: SimulateOptions,
): Promise<TestAnswer> {
  const design = read(undefined)
  const seed = options.seed ?? (nominalWorld(design).run as unknown as RunValues).seed
  const context: RunContext = { options: { ...options, longer: false }, seed, workFactor: 1 }
  const compared = [...new Set(design.relations.flatMap(({ left, right }) => [left.variant, right.variant]))]
  const designs = compared.map(read)
  const ran = await runPaired(designs.map(nominalWorld), context)
  const answers: Answer[] = []
  for (const variant of new Set(design.objectives.map((objective) => objective.variant))) {
    if (options.stopping?.() === true) break
    const at = compared.indexOf(variant)
    const answer =
      at < 0
        ? await simulate(read(variant), context.options)
        : await finish(designs[at] as Design, ran[at] as Rounds, context)
    answers.push({ ...answer, objectives: answer.objectives.filter(({ objective }) => objective.variant === variant) })
  }
  const runs = ran.map(ranOf)
  const relations = design.relations.map((relation) =>
    judgeRelation(relation, (variant) => runs[compared.indexOf(variant)] as (typeof runs)[number]),
  )
  const promises: PromiseAnswer[] = [...answers.flatMap(({ objectives }) => objectives), ...relations]
  promises.sort((a, b) => placeOf(promiseOf(a)) - placeOf(promiseOf(b)))
  return { design: design.name, seed, promises }
}
