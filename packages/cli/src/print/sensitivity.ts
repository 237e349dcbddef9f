import type { SensitivityAnswer, SensitivityRow } from '@loadpath/core'
import { change, estimate, isBounded, quantity } from './number.ts'
import { measuredIn } from './objectives.ts'
import { type Page, plural, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** Rows shown: those with the largest effect. */
const mostRows = 15

/** The effect of each number of a design on an objective, and the price of improving it. */
export function printSensitivity(answer: SensitivityAnswer, page: Page): string[][] {
  const { design, variant, target, overloaded, stopped, rows, seed, interrupted } = answer
  const name = variant === undefined ? safe(design) : `${safe(design)}, ${safe(variant)}`
  const heading = [page.colours.heading(name)]
  if (overloaded !== null) {
    const text = `No effects: ${safe(overloaded)} is overloaded. Find the load that the design carries with --capacity.`
    return [heading, prose(text, page, { indent: 0 })]
  }
  if (stopped !== null) {
    const text = `No effects: the run of the unchanged design ended early: ${safe(stopped)}.`
    return [heading, prose(text, page, { indent: 0, paint: page.colours.doubtful })]
  }
  if (interrupted && rows.length === 0) {
    const text = `Interrupted before the first change. ${unchangedSaid(answer)}.`
    return [heading, prose(text, page, { indent: 0, paint: page.colours.strong })]
  }
  const moving = rows.filter(({ verdict }) => verdict !== 'not significant')
  const kind = {
    named: 'the objective named',
    'least-headroom': 'the objective with the least headroom',
    default: 'the tail of all requests; the design has no objectives',
  }[target.chosen]
  const intro = `${unchangedSaid(answer)}, ${kind}. Each number is raised by 10 %, one at a time.`
  const rest = rows.length - Math.min(moving.length, mostRows)
  const others = moving.length > mostRows ? 'smaller or no significant effect' : 'no significant effect'
  const footer = [
    rest > 0 && moving.length > 0 ? `${plural(rest, 'other number')} ${rest === 1 ? 'has' : 'have'} ${others}.` : '',
    'A distribution is changed as a whole; a count rises to the next whole number.',
    `All runs use common random numbers (seed ${seed}).`,
  ]
  return [
    heading,
    prose(intro, page, { indent: 0 }),
    interrupted ? prose('Interrupted: more numbers may matter.', page, { indent: 0, paint: page.colours.strong }) : [],
    moving.length === 0
      ? prose(withoutEffect(rows), page, { indent: 0 })
      : section('Effects', effectTable(answer, moving.slice(0, mostRows), page), page),
    prose(footer.filter((text) => text !== '').join(' '), page, { indent: 0, paint: page.colours.quiet }),
  ]
}

/** The numbers that were tried, if none of them has a significant effect. */
function withoutEffect(rows: readonly SensitivityRow[]): string {
  if (rows.length === 0) return 'The design has no number that could be raised.'
  const paths = rows.map(({ path }) => safe(path))
  const more = paths.length > mostRows ? ` and ${paths.length - mostRows} more` : ''
  const tried = plural(rows.length, 'number')
  const none = rows.length === 1 ? `The only number tried has no` : `None of the ${tried} tried has a`
  return `${none} significant effect: ${paths.slice(0, mostRows).join(', ')}${more}.`
}

/** `Target: p99 < 200ms (now 80.9 ms ± 1.3)`. */
function unchangedSaid({ unchanged, target }: SensitivityAnswer): string {
  const isMeasured = unchanged.sufficient || isBounded(unchanged)
  const value = isMeasured
    ? estimate(unchanged, measuredIn(target.dimension))
    : `insufficient data, ${unchanged.reason}`
  return `Target: ${safe(target.text)} (now ${value})`
}

function effectTable({ target }: SensitivityAnswer, rows: readonly SensitivityRow[], page: Page): string[] {
  const measured = measuredIn(target.dimension)
  const [unit, size] = measured === 'duration' ? ['ms', 1] : measured === 'share' ? ['point', 0.01] : ['unit', 1]
  const priced = rows.some(({ costPerHour }) => costPerHour !== 0)
  const columns = ['number', 'change', 'effect', ...(priced ? ['price', `price of a ${unit} gained`] : [])]
  const cells = rows.map((row): Cell[] => [
    safe(row.path),
    changeOf(row),
    row.difference.sufficient ? change(row.difference, measured) : { text: 'overloaded', paint: page.colours.bad },
    ...(priced
      ? [priceOf(row.costPerHour), row.pricePerUnit === null ? '' : quantity(row.pricePerUnit * size, 'price')]
      : []),
  ])
  return table(
    columns.map((heading) => ({ heading })),
    cells,
    { width: page.width, paintHeading: page.colours.quiet },
  )
}

function changeOf({ dimension, from, to }: SensitivityRow): string {
  if (dimension === 'count') return `${from} to ${to}`
  return `${quantity(to / from - 1, 'share')} more`
}

function priceOf(perHour: number): string {
  return perHour === 0 ? '' : `${perHour > 0 ? '+' : '−'}${quantity(Math.abs(perHour), 'price')}`
}
