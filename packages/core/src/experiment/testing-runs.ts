import { type RunKind, runKind } from '../before-run/run-kind.ts'
import { readDesign } from '../language/read-design.ts'
import { catalogue } from './catalogue.ts'
import { terminatingPlan } from './plan.ts'
import { replicate } from './replicate.ts'
import type { Replicate } from './task.ts'

/** One replication of a design with a `run.for`, its head left out: everything that was found. */
export function foundIn(text: string): Replicate {
  const { design, problems } = readDesign(`loadpath: 1\nname: faults\n${text}`, catalogue)
  if (design === undefined) throw new Error(problems.map(({ path, message }) => `${path}: ${message}`).join('; '))
  const { lengthMs } = runKind(design) as RunKind & { kind: 'terminating' }
  const limits = { events: 1e7, inside: 1e6, wallMs: 1e6 }
  const plan = terminatingPlan(design, lengthMs)
  return replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits, trace: null })
}

/** Requests of each kind by phase: those offered, and those answered well. */
export function requestsIn({ kinds }: Replicate) {
  return kinds.map((cells) => cells.map(({ offered, answered }) => ({ offered, answered })))
}

/** A counter of a block by phase; blocks are in name order. */
export function countedIn({ blocks, names }: Replicate, block: number, counter: string): readonly number[] {
  const at = names[block]?.counters.indexOf(counter) ?? -1
  return blocks[block]?.map(({ counters }) => counters[at] as number) ?? []
}

/** Everything that a design finds, as text. */
export function foundAsText(text: string): string {
  return JSON.stringify(foundIn(text), (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value))
}

/** Messages of warnings and errors about a design. */
export function problemsOf(text: string): readonly string[] {
  const { problems } = readDesign(`loadpath: 1\nname: faults\n${text}`, catalogue)
  return problems.map(({ code, path, message }) => `${code} ${path}: ${message}`)
}
