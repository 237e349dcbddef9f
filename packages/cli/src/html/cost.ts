import type { Answer } from '@loadpath/core'
import { whenUnsettled } from '../print/cost.ts'
import { money, quantity } from '../print/number.ts'
import { listed } from '../print/page.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns the cost, its parts, and the blocks without a price. */
export function cost(answer: Answer, place: Place): Markup {
  const { cost: found } = answer
  const { perHour, perMonth, perMillionAnswered, parts, withoutPrice } = found
  const missing = listed(withoutPrice)
  if (parts.length === 0) {
    if (withoutPrice.length === 0) return nothing
    return section(place, 'Cost', [html`<p>Unknown: no price is set for ${missing}.</p>`])
  }
  const perMillion = perMillionAnswered === null ? '' : `, ${money(perMillionAnswered)} per million answered requests`
  const content = [
    html`<p>${money(perHour)}/h${whenUnsettled(answer)}, ${money(perMonth)} a month${perMillion}.</p>`,
    parts.length > 1 ? partTable(found) : nothing,
    withoutPrice.length === 0 ? nothing : html`<p class="note">Not in the sum: ${missing} (no price set).</p>`,
  ]
  return section(place, 'Cost', content)
}

function partTable({ parts, perHour }: Answer['cost']): Markup {
  return dataTable({
    caption: 'Cost by block',
    columns: [
      { heading: 'block' },
      { heading: 'item' },
      { heading: 'price', align: 'right' },
      { heading: 'share', align: 'right' },
    ],
    rows: parts
      .toSorted((a, b) => b.perHour - a.perHour)
      .map((part) => [
        part.block,
        part.what,
        `${money(part.perHour)}/h`,
        perHour > 0 ? quantity(part.perHour / perHour, 'share') : '',
      ]),
  })
}
