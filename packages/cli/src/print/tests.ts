import type { ObjectiveAnswer } from '@loadpath/core'
import type { JUnitCase, JUnitSuite } from '../junit.ts'
import { workflowCommand } from '../workflow-command.ts'
import { measuredOf, moodOf, worldsOf } from './objectives.ts'
import { type Page, safe } from './page.ts'
import { type Cell, table } from './table.ts'
import { tie } from './width.ts'

/** An objective, and the variant of which it was tested. */
export interface Tested extends ObjectiveAnswer {
  readonly variant?: string
}

export interface TestedDesign {
  readonly file: string
  readonly design: string
  readonly seed: number
  readonly tested: readonly Tested[]
}

/** One line an objective. */
export function printTests(designs: readonly TestedDesign[], page: Page): string {
  const parts = designs.map(({ file, tested, seed }) => {
    const rows = tested.map((one): Cell[] => [
      { text: one.verdict, paint: page.colours[moodOf(one.verdict)] },
      safe(one.objective.text),
      safe(measuredOf(one)),
      [one.variant === undefined ? '' : `variant ${one.variant}`, one.worlds === null ? '' : `in ${worldsOf(one)}`]
        .filter((text) => text !== '')
        .join(', '),
    ])
    const columns = Array.from({ length: 4 }, () => ({ heading: '' }))
    return [page.colours.heading(`${safe(file)} (seed ${seed})`), ...table(columns, rows, { width: page.width })]
  })
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n\n${tally(designs)}\n`.replaceAll(tie, ' ')
}

function tally(designs: readonly TestedDesign[]): string {
  const verdicts = designs.flatMap(({ tested }) => tested.map(({ verdict }) => verdict))
  const parts = (['held', 'missed', 'undecided'] as const)
    .map((verdict) => ({ verdict, count: verdicts.filter((one) => one === verdict).length }))
    .filter(({ verdict, count }) => count > 0 || verdict === 'held')
    .map(({ verdict, count }) => `${count} ${verdict}`)
  const hint = verdicts.includes('undecided')
    ? '\nUndecided: the interval lies across the bound. A smaller `until`, or a larger `repeat`, makes it narrower.'
    : ''
  return `${parts.join(', ')}${hint}`
}

/** The objective in a sentence, for reports that show one line. */
function sentenceOf(one: Tested): string {
  const where = one.variant === undefined ? '' : ` (variant ${one.variant})`
  return `${one.verdict}: ${one.objective.text}${where}: measured ${measuredOf(one)}`.replaceAll(tie, ' ')
}

/** A workflow command of GitHub Actions, where the promise is not kept for certain. */
export function annotation(file: string, one: Tested): readonly string[] {
  if (one.verdict === 'held') return []
  const level = one.verdict === 'missed' ? 'error' : 'warning'
  return [workflowCommand(level, { file, title: `objective ${one.verdict}` }, sentenceOf(one))]
}

export function junitSuite({ file, design, seed, tested }: TestedDesign): JUnitSuite {
  const cases = tested.map((one): JUnitCase => {
    const where = one.variant === undefined ? '' : ` (variant ${one.variant})`
    const own = { name: `${one.objective.text}${where}`, className: design }
    return one.verdict === 'held' ? own : { ...own, failure: { kind: one.verdict, message: sentenceOf(one) } }
  })
  return { name: design, file, properties: { seed: String(seed) }, cases }
}
