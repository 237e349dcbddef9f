import type { Answer } from '@loadpath/core'
import { range } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { table } from './table.ts'

/** The uncertain inputs, and the ranges of the results over the worlds drawn from them. */
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
      ? prose('No request was answered in any world.', page)
      : table([{ heading: 'measure' }, { heading: 'range over worlds' }], measures, options)),
    '',
    ...table([{ heading: 'uncertain' }, { heading: 'drawn from' }], drawn, options),
  ]
  return section('Uncertain numbers', lines, page)
}

/** The meaning of the worlds and of their ranges. */
export function worldsSaid({ count, uncertain }: NonNullable<Answer['worlds']>): string {
  const [numbers, them] = uncertain.length === 1 ? ['One number', 'it'] : [`${uncertain.length} numbers`, 'them']
  return `${numbers} of this design ${uncertain.length === 1 ? 'is' : 'are'} uncertain. Each of ${count} worlds draws ${them} again. Ranges cover 5–95 % of the worlds. Only better inputs narrow them, not more simulation.`
}
