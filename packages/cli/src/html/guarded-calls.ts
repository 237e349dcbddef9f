import type { Answer } from '@loadpath/core'
import { guardedIn, guardTable, refusalsOf } from '../print/guarded-calls.ts'
import { breakable } from './breakable.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns the calls that pass guards: how many those refuse, how long a breaker is open, how full a pool is. */
export function guardedCalls(answer: Answer, place: Place): Markup {
  const found = guardedIn(answer)
  if (found.length === 0) return nothing
  const { headings, rows } = guardTable(found)
  const content = dataTable({
    caption: 'Calls that pass guards',
    cards: true,
    columns: headings.map((heading, i) => (i === 0 ? { heading } : { heading, align: 'right' })),
    rows: rows.map((cells) => cells.map((text) => (text === '' ? '–' : breakable(text)))),
  })
  const notes = found.flatMap((calls) => {
    const said = refusalsOf(calls)
    return said === undefined ? [] : [html`<p>${said}</p>`]
  })
  return section(place, 'Guarded calls', [content, ...notes], 'A breaker counts as open until it is closed.')
}
