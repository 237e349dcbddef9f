import type { Answer } from '@loadpath/core'
import { range } from '../print/number.ts'
import { worldsSaid } from '../print/worlds.ts'
import { breakable } from './breakable.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns the effect of uncertain numbers on the answer. */
export function worlds({ worlds: found }: Answer, place: Place): Markup {
  if (found === null) return nothing
  const ranges = dataTable({
    caption: 'Ranges over worlds, 5–95 %',
    columns: [{ heading: 'measure' }, { heading: 'range over worlds', align: 'right' }],
    rows: found.ranges.map(({ measure, dimension, low, high }) => [measure, range(low, high, dimension)]),
  })
  const drawn = dataTable({
    caption: 'Uncertain numbers',
    columns: [{ heading: 'uncertain number' }, { heading: 'drawn from', align: 'right' }],
    rows: found.uncertain.map(({ path, text }) => [html`<code>${breakable(path)}</code>`, text]),
  })
  return section(place, 'Uncertain numbers', [html`<div class="pair">${ranges}${drawn}</div>`], worldsSaid(found))
}
