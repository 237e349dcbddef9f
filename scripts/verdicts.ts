import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Item, itemsIn, longestFirst, type Report } from '../packages/cli/src/measure/item.ts'
import { measureItem, movedSince, staleFiles } from '../packages/cli/src/measure/measure-item.ts'
import { measureApart, unmeasured } from '../packages/cli/src/measure/processes.ts'
import { tenthOf } from './rotation.ts'

const root = join(import.meta.dirname, '..')
const program = join(root, 'packages/cli/dist/measure.mjs')

type Rows = readonly (readonly [string, Item])[]

/** Every folder that carries a verdict of this kind, or of any, as rows of a test; what takes longest comes first. */
export function verdicts(kind?: Item['kind']): Rows {
  const items = itemsIn(root).filter((item) => item.kind !== 'page' && item.kind === (kind ?? item.kind))
  return longestFirst(items).map((item) => [`${item.kind} ${item.name}`, item])
}

/** A tenth of the verdicts of a kind, another one for each commit; each tenth takes about as long. */
export function tenthOfVerdicts(kind: Item['kind']): Rows {
  return tenthOf(verdicts(kind))
}

/** What a verdict rests on that is no longer as it was measured in full. */
export async function movedOf(item: Item): Promise<readonly string[]> {
  const moved = await movedSince(item)
  return moved.map((part) => `${part}; measure it again: npm run measure -- ${item.name}`)
}

/** Measures in full: what no longer holds, and which files are not what was measured. */
export async function complaintsAbout(item: Item): Promise<readonly string[]> {
  return complaintsIn(await measureItem(item, root))
}

/** The same in a process of its own, so that several run side by side. */
export async function complaintsFromApart(item: Item): Promise<readonly string[]> {
  if (!existsSync(program)) throw new Error(`${program} is missing: npm run build`)
  const report = await measureApart(item, { program, root, moved: false }, new AbortController().signal)
  return complaintsIn(report ?? unmeasured('it was stopped'))
}

function complaintsIn(report: Report): readonly string[] {
  return [...report.broken, ...staleFiles(report).map((path) => `${path} is not what was measured`)]
}
