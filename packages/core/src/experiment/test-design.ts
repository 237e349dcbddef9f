import type { RunValues } from '../before-run/run-params.ts'
import type { Design, Objective, Relation } from '../language/design.ts'
import { nominalWorld } from '../support/params.ts'
import type { Answer, ObjectiveAnswer, RelationAnswer } from './answer.ts'
import { runPaired } from './compare.ts'
import { judgeRelation, ranOf } from './relations.ts'
import type { Rounds, RunContext } from './rounds.ts'
import { finish, type SimulateOptions, simulate } from './simulate.ts'

/** Outcome of the objectives of a design. Plain data. */
export interface TestAnswer {
  readonly design: string
  readonly seed: number
  /** In the order in which they stand; an objective without a variant is tested on the design as it stands. */
  readonly objectives: readonly AnyObjectiveAnswer[]
}

/** Outcome of an objective about one variant, or between two. */
export type AnyObjectiveAnswer = ObjectiveAnswer | RelationAnswer

/** The objective that was tested. */
export function objectiveOf(answer: AnyObjectiveAnswer): Objective | Relation {
  return 'relation' in answer ? answer.relation : answer.objective
}

/** Position of an objective in its list. */
export function placeOf({ path }: Objective | Relation): number {
  return Number(path.slice(path.lastIndexOf('.') + 1))
}

/**
 * Tests the objectives of a design. Variants that are compared with each other run with common random numbers, replication by
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
  const objectives: AnyObjectiveAnswer[] = [...answers.flatMap(({ objectives }) => objectives), ...relations]
  objectives.sort((a, b) => placeOf(objectiveOf(a)) - placeOf(objectiveOf(b)))
  return { design: design.name, seed, objectives }
}
