import { displayWidth, padEnd, padStart, wrap } from './width.ts'

export interface Column {
  readonly heading: string
  readonly align?: 'left' | 'right'
}

/** A text, or one with a colour. Lines within a cell are separated by line feeds. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string }

export interface TableOptions {
  readonly width: number
  readonly indent?: number
  readonly paintHeading?: (text: string) => string
}

const gap = '  '

/** An aligned table that fits the width: cells wrap, and where even that is not enough, each row becomes a list. */
export function table(columns: readonly Column[], rows: readonly (readonly Cell[])[], options: TableOptions): string[] {
  const { width, indent = 2, paintHeading = (text) => text } = options
  const margin = ' '.repeat(indent)
  const widths = fit(columns, rows, width - indent)
  if (widths === undefined) return stacked(columns, rows, options)
  const printRow = (cells: readonly Cell[], paintAll?: (text: string) => string): string[] => {
    const wrapped = columns.map((_, i) => wrap(textOf(cells[i]), widths[i] ?? 1))
    const height = Math.max(...wrapped.map((lines) => lines.length))
    return Array.from({ length: height }, (_, line) => {
      const parts = columns.map((column, i) => {
        const pad = column.align === 'right' ? padStart : padEnd
        const text = pad(wrapped[i]?.[line] ?? '', widths[i] ?? 1)
        return (paintAll ?? paintOf(cells[i]))(i === columns.length - 1 ? text.trimEnd() : text)
      })
      return (margin + parts.join(gap)).trimEnd()
    })
  }
  const hasHeading = columns.some(({ heading }) => heading !== '')
  const headings = columns.map(({ heading }) => heading)
  return [...(hasHeading ? printRow(headings, paintHeading) : []), ...rows.flatMap((row) => printRow(row))]
}

/** Widths of the columns, the widest shrunk first; undefined if even the longest words do not fit. */
function fit(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  available: number,
): readonly number[] | undefined {
  const texts = columns.map(({ heading }, i) => [heading, ...rows.map((row) => textOf(row[i]))])
  // Not as arguments of Math.max: there may be more rows than a call can take.
  const widest = (parts: readonly string[]) => parts.reduce((most, part) => Math.max(most, displayWidth(part)), 1)
  const widths = texts.map((column) => widest(column.flatMap((text) => text.split('\n'))))
  const least = texts.map((column) => widest(column.flatMap((text) => text.split(/[ \n]+/))))
  const room = available - gap.length * (columns.length - 1)
  let excess = widths.reduce((sum, width) => sum + width, 0) - room
  while (excess > 0) {
    const shrinkable = widths.map((width, i) => (width > (least[i] ?? 1) ? width : 0))
    const largest = Math.max(...shrinkable)
    if (largest === 0) return undefined
    const at = shrinkable.indexOf(largest)
    widths[at] = largest - 1
    excess--
  }
  return widths
}

function stacked(columns: readonly Column[], rows: readonly (readonly Cell[])[], options: TableOptions): string[] {
  const { width, indent = 2, paintHeading = (text) => text } = options
  const labels = Math.max(0, ...columns.slice(1).map(({ heading }) => displayWidth(heading)))
  const margin = ' '.repeat(indent)
  return rows.flatMap((row) => {
    const title = wrap(textOf(row[0]), width - indent).map((line) => margin + paintOf(row[0])(line))
    const fields = columns.slice(1).flatMap(({ heading }, i) => {
      const cell = row[i + 1]
      if (textOf(cell) === '') return []
      return wrap(textOf(cell), Math.max(10, width - indent - labels - 4)).map((line, at) => {
        const label = padEnd(at === 0 ? heading : '', labels)
        return `${margin}  ${paintHeading(label)}${labels > 0 ? gap : ''}${paintOf(cell)(line)}`
      })
    })
    return [...title, ...fields]
  })
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : (cell?.text ?? '')
}

function paintOf(cell: Cell | undefined): (text: string) => string {
  return typeof cell === 'object' ? cell.paint : (text) => text
}
