import type { Answer } from '@loadpath/core'
import { type Measured, quantity, range } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { table } from './table.ts'

/** What the numbers that nobody knows exactly do to the answer. */
export function printWorlds({ worlds }: Answer, page: Page): string[] {
  if (worlds === null) return []
  const { count, uncertain, ranges } = worlds
  const numbers = uncertain.length === 1 ? 'One number' : `${uncertain.length} numbers`
  const said = `${numbers} of this design ${uncertain.length === 1 ? 'is' : 'are'} uncertain. Each was drawn anew in ${count} worlds; 9 worlds in 10 lie within these ranges (5–95 %). They are no confidence intervals: more simulation does not make them narrower.`
  const measures = ranges.map(({ measure, low, high }) => [safe(measure), range(low, high, measuredOf(measure))])
  const drawn = uncertain.map(({ path, low, high }) => [safe(path), `${plainly(low)} to ${plainly(high)}`])
  const options = { width: page.width, paintHeading: page.colours.quiet }
  const lines = [
    ...prose(said, page),
    ...table([{ heading: 'measure' }, { heading: 'range over worlds' }], measures, options),
    '',
    ...table([{ heading: 'uncertain' }, { heading: 'drawn from (in base units: ms, /s, bytes)' }], drawn, options),
  ]
  return section('Uncertain numbers', lines, page)
}

/** The dimension of a measure, by the last word of its name. */
function measuredOf(measure: string): Measured {
  const name = measure.split('.').at(-1) ?? measure
  if (/^(mean|percentile|wait-|p\d)/.test(name) || /^p?\d/.test(name)) return 'duration'
  if (/^(availability|answered|refused|timed-out|lost|utilisation|occupancy|waited|hit-ratio)$/.test(name))
    return 'share'
  if (name === 'throughput' || name === 'offered') return 'rate'
  return name === 'cost' ? 'price' : 'factor'
}

function plainly(value: number): string {
  return quantity(value, 'factor')
}
