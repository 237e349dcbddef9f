import {
  type ObjectiveAnswer,
  type PromiseAnswer,
  promiseOf,
  type RelationAnswer,
  type TestAnswer,
} from '@loadpath/core'
import type { JUnitCase, JUnitSuite } from '../junit.ts'
import { workflowCommand } from '../workflow-command.ts'
import { change, estimate, isBounded, withRange } from './number.ts'
import { measuredIn, measuredOf, moodOf, worldsOf } from './objectives.ts'
import { type Page, safe } from './page.ts'
import { type Cell, table } from './table.ts'
import { tie } from './width.ts'

export interface TestedDesign extends TestAnswer {
  readonly file: string
  /** The variant tested, if not the design without a variant. */
  readonly variant?: string
}

/** The result of an objective, in words. */
export interface Tested {
  readonly verdict: ObjectiveAnswer['verdict']
  readonly text: string
  readonly measured: string
  /** In how many worlds it was met; empty if there are none. */
  readonly worlds: string
}

/** The result of an objective or relation, in words. */
export function testedOf(one: PromiseAnswer): Tested {
  const { verdict } = one
  const { text } = promiseOf(one)
  if ('relation' in one) return { verdict, text, measured: relationOf(one), worlds: '' }
  return { verdict, text, measured: measuredOf(one), worlds: worldsOf(one) }
}

/** `45 ms against 20 ms: 2.25 times (2.1–2.4)`; with a margin, the distance from it. */
export function relationOf({ relation, left, right, difference, ratio }: RelationAnswer): string {
  const unit = measuredIn(relation.dimension)
  if (!difference.sufficient) return estimate(difference, unit)
  const points = [left, right].map((side) =>
    side.sufficient ? estimate({ ...side, low: side.point, high: side.point }, unit) : side.reason,
  )
  const hasRatio = ratio.sufficient && Number.isFinite(ratio.point)
  const relative = hasRatio ? `: ${withRange(ratio, 'factor')} times` : ''
  // An unanswered side has no finite difference.
  if (!Number.isFinite(difference.point)) return points.join(' against ')
  const own = relation.margin === 0 ? relative : `: ${change(difference, unit)} from the margin`
  return points.join(' against ') + own
}

/** One line an objective. */
export function printTests(designs: readonly TestedDesign[], page: Page): string {
  const parts = designs.map((one) => {
    const rows = one.objectives
      .map(testedOf)
      .map((tested): Cell[] => [
        { text: tested.verdict, paint: page.colours[moodOf(tested.verdict)] },
        safe(tested.text),
        safe(tested.measured),
        tested.worlds === '' ? '' : `in ${tested.worlds}`,
      ])
    const columns = Array.from({ length: 4 }, () => ({ heading: '' }))
    return [
      page.colours.heading(
        `${safe(one.file)} (${one.variant === undefined ? '' : `variant ${safe(one.variant)}, `}seed ${one.seed})`,
      ),
      ...table(columns, rows, { width: page.width }),
    ]
  })
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n\n${tally(designs)}\n`.replaceAll(tie, ' ')
}

function tally(designs: readonly TestedDesign[]): string {
  const verdicts = designs.flatMap(({ objectives }) => objectives.map(({ verdict }) => verdict))
  const parts = (['met', 'missed', 'inconclusive'] as const)
    .map((verdict) => ({ verdict, count: verdicts.filter((one) => one === verdict).length }))
    .filter(({ verdict, count }) => count > 0 || verdict === 'met')
    .map(({ verdict, count }) => `${count} ${verdict}`)
  const unclear = designs.flatMap(({ objectives }) => objectives.filter(({ verdict }) => verdict === 'inconclusive'))
  const open = unclear.filter((one) => 'measured' in one && !one.measured.sufficient && isBounded(one.measured))
  const hints = [
    ...(unclear.some((one) => !('measured' in one) || one.measured.sufficient)
      ? [
          'Inconclusive: the interval contains the bound. Set a smaller `run.until` or a larger `run.repeat` to narrow it.',
        ]
      : []),
    ...(open.length > 0
      ? ['Inconclusive: requests had no answer at the end of the run. Set a longer `run.for` to answer more of them.']
      : []),
  ]
  return [parts.join(', '), ...hints].join('\n')
}

/** The objective in a sentence, for reports of one line. */
function sentenceOf({ verdict, text, measured }: Tested): string {
  return `${verdict}: ${text}: measured ${measured}`.replaceAll(tie, ' ')
}

/** A workflow command of GitHub Actions, or none if the objective is met. */
export function annotation(file: string, one: Tested): readonly string[] {
  if (one.verdict === 'met') return []
  const level = one.verdict === 'missed' ? 'error' : 'warning'
  return [workflowCommand(level, { file, title: `objective ${one.verdict}` }, sentenceOf(one))]
}

/** The suite of a design. One run measures all objectives, so each case gets an equal part of its time. */
export function junitSuite(answer: TestedDesign, tookMs: number): JUnitSuite {
  const { file, design, variant, seed, objectives } = answer
  const seconds = tookMs / 1000 / Math.max(1, objectives.length)
  const cases = objectives.map(testedOf).map((one): JUnitCase => {
    const own = { name: one.text, className: design, seconds, measured: one.measured.replaceAll(tie, ' ') }
    return one.verdict === 'met' ? own : { ...own, failure: { kind: one.verdict, message: sentenceOf(one) } }
  })
  const properties = { seed: String(seed), ...(variant === undefined ? {} : { variant }) }
  return { name: design, file, properties, cases }
}
