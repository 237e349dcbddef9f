import { breakable } from './breakable.ts'
import { type Content, html, type Markup } from './markup.ts'

export interface Column {
  readonly heading: string
  readonly align?: 'right'
}

export interface TableOptions {
  /** Name of the table, also for screen readers. */
  readonly caption: string
  readonly columns: readonly Column[]
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Content[])[]
  /** Turns each row into a card on a narrow screen. */
  readonly cards?: boolean
}

/** Returns a table that scrolls in its own box if it is wider than the page. */
export function dataTable({ caption, columns, rows, cards }: TableOptions): Markup {
  const cell = (content: Content, i: number) => {
    const side = columns[i]?.align === 'right' ? 'number' : ''
    const text = typeof content === 'string' ? breakable(content) : content
    if (i === 0) return html`<th scope="row" class="${side}">${text}</th>`
    return html`<td class="${side}" data-heading="${columns[i]?.heading}">${text}</td>`
  }
  return html`<div class="scroll" role="group" tabindex="0" aria-label="Table: ${caption}"><table class="${cards === true ? 'cards' : ''}">
<caption>${caption}</caption>
<thead><tr>${columns.map(headingCell)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>\n`)}</tbody>
</table></div>
`
}

function headingCell({ heading, align }: Column): Markup {
  const side = align === 'right' ? 'number' : ''
  if (heading === '') return html`<td class="${side}"></td>`
  return html`<th scope="col" class="${side}">${heading}</th>`
}
