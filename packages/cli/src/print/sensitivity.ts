import type { SensitivityAnswer, SensitivityRow } from '@loadpath/core'
import { change, estimate, isBounded, quantity } from './number.ts'
import { measuredIn } from './objectives.ts'
import { type Page, plural, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** Rows shown: those with the largest effect. */
const mostRows = 15

/** Which number of a design matters, and what improving it would cost. */
export function printSensitivity(answer: SensitivityAnswer, page: Page): string[][] {
  const { design, variant, target, overloaded, stopped, rows, seed, interrupted } = answer
  const name = variant === undefined ? safe(design) : `${safe(design)}, ${safe(variant)}`
  const heading = [page.colours.heading(name)]
  if (overloaded !== null) {
    const text = `It does not carry its load (${safe(overloaded)}), so no number can be said to matter more than another. See --capacity.`
    return [heading, prose(text, page, { indent: 0 })]
  }
  if (stopped !== null) {
    const text = `No number can be said to matter more than another: ${safe(stopped)} before the design as it is had been measured.`
    return [heading, prose(text, page, { indent: 0, paint: page.colours.doubtful })]
  }
  if (interrupted && rows.length === 0) {
    const text = `Cut short before any number had been changed. ${safe(target.text)} ${asItIs(answer)}.`
    return [heading, prose(text, page, { indent: 0, paint: page.colours.strong })]
  }
  const moving = rows.filter(({ verdict }) => verdict !== 'not significant')
  const kind = target.isObjective
    ? 'the objective with the least headroom'
    : 'the design has no objectives, so the tail of all requests'
  const intro = `${safe(target.text)} (${kind}) ${asItIs(answer)}. Each number 10 % larger, one at a time:`
  const rest = rows.length - Math.min(moving.length, mostRows)
  const others =
    moving.length > mostRows ? 'have less effect, or none that is certain' : 'have no effect that is certain'
  const footer = [
    rest > 0 && moving.length > 0
      ? `${plural(rest, 'other number')} ${rest === 1 ? others.replace('have', 'has') : others}.`
      : '',
    'A distribution is changed as a whole; a count becomes the next whole number.',
    `All under the same chance (seed ${seed}), so that differences are the numbers’ own.`,
  ]
  return [
    heading,
    prose(intro, page, { indent: 0 }),
    interrupted ? prose('Cut short: more numbers may matter.', page, { indent: 0, paint: page.colours.strong }) : [],
    moving.length === 0
      ? prose('No number has an effect that is certain.', page, { indent: 0 })
      : section('What matters', effectTable(answer, moving.slice(0, mostRows), page), page),
    prose(footer.filter((text) => text !== '').join(' '), page, { indent: 0, paint: page.colours.quiet }),
  ]
}

function asItIs({ unchanged, target }: SensitivityAnswer): string {
  const isMeasured = unchanged.sufficient || isBounded(unchanged)
  return isMeasured
    ? `is ${estimate(unchanged, measuredIn(target.dimension))} as it is`
    : `could not be measured as it is: ${unchanged.reason}`
}

function effectTable({ target }: SensitivityAnswer, rows: readonly SensitivityRow[], page: Page): string[] {
  const measured = measuredIn(target.dimension)
  const [unit, size] = measured === 'duration' ? ['ms', 1] : measured === 'share' ? ['point', 0.01] : ['unit', 1]
  const priced = rows.some(({ costPerHour }) => costPerHour !== 0)
  const columns = ['number', 'change', 'effect', ...(priced ? ['price', `price of a ${unit} gained`] : [])]
  const cells = rows.map((row): Cell[] => [
    safe(row.path),
    changeOf(row),
    row.difference.sufficient
      ? change(row.difference, measured)
      : { text: 'no longer carries the load', paint: page.colours.bad },
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
