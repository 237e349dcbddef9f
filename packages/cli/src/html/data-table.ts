import { type Content, html, type Markup } from './markup.ts'

export interface Column {
  readonly heading: string
  readonly align?: 'right'
}

export interface TableOptions {
  /** What the table is, for those who hear it. */
  readonly caption: string
  readonly columns: readonly Column[]
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly Content[])[]
  /** On a narrow screen each row becomes a card whose lines bear the headings of the columns. */
  readonly cards?: boolean
}

/** A table that scrolls in a box of its own where it is wider than the page. */
export function dataTable({ caption, columns, rows, cards }: TableOptions): Markup {
  const cell = (content: Content, i: number) => {
    const side = columns[i]?.align === 'right' ? 'number' : ''
    if (i === 0) return html`<th scope="row" class="${side}">${content}</th>`
    return html`<td class="${side}" data-heading="${columns[i]?.heading}">${content}</td>`
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
