import type { Answer } from '@loadpath/core'
import { range } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { table } from './table.ts'

/** What the numbers that nobody knows exactly do to the answer. */
export function printWorlds({ worlds }: Answer, page: Page): string[] {
  if (worlds === null) return []
  const { uncertain, ranges } = worlds
  const said = worldsSaid(worlds)
  const measures = ranges.map(({ measure, dimension, low, high }) => [safe(measure), range(low, high, dimension)])
  const drawn = uncertain.map(({ path, text }) => [safe(path), safe(text)])
  const options = { width: page.width, paintHeading: page.colours.quiet }
  const lines = [
    ...prose(said, page),
    ...(measures.length === 0
      ? prose('Nothing was answered in any of them.', page)
      : table([{ heading: 'measure' }, { heading: 'range over worlds' }], measures, options)),
    '',
    ...table([{ heading: 'uncertain' }, { heading: 'drawn from' }], drawn, options),
  ]
  return section('Uncertain numbers', lines, page)
}

/** What worlds are, and what their ranges are not. */
export function worldsSaid({ count, uncertain }: NonNullable<Answer['worlds']>): string {
  const numbers = uncertain.length === 1 ? 'One number' : `${uncertain.length} numbers`
  return `${numbers} of this design ${uncertain.length === 1 ? 'is' : 'are'} uncertain. Each was drawn anew in ${count} worlds; 9 worlds in 10 lie within these ranges (5–95 %). They are no confidence intervals: more simulation does not make them narrower.`
}
