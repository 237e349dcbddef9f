import type { TraceCacheAnswer } from '../traces/answer.ts'
import { sizeInWords } from '../traces/findings.ts'
import { missRatioLines } from '../traces/lines.ts'
import { listed, type Page, prose, safe, section } from './page.ts'
import { padStart } from './width.ts'

const widest = 72
const marks = 'abcdefghijklmnopqrstuvwxyz'

/** Plots the miss-ratio curve in letters, with a logarithmic axis of sizes. */
export function curvePlot(answer: TraceCacheAnswer, page: Page): string[] {
  const lines = missRatioLines(answer)
  const points = lines.flatMap((line) => line.points)
  const sizes = points.map(({ size }) => size)
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  if (points.length < 3 || least === most) return []
  const width = Math.min(widest, page.width - 12)
  const { top, step, rows } = heightOf(points.map(({ missRatio }) => missRatio * 100))
  const grid = Array.from({ length: rows }, () => Array.from({ length: width }, () => ' '))
  const place = (size: number, missRatio: number) => ({
    column: Math.round((Math.log(size / least) / Math.log(most / least)) * (width - 1)),
    row: (top - missRatio * 100) / step,
  })
  for (const line of lines) {
    joinUp(
      grid,
      line.points.map(({ size, missRatio }) => place(size, missRatio)),
    )
  }
  lines.forEach((line, i) => {
    const own = marks[i] ?? '?'
    for (const { size, missRatio } of line.points) {
      const { column, row } = place(size, missRatio)
      const cells = grid[Math.round(row)] as string[]
      const there = cells[column] as string
      cells[column] = ' .'.includes(there) || there === own ? own : '*'
    }
  })
  const labels = grid.map((_, row) => (row % 2 === 0 ? `${top - row * step} %` : ''))
  const unit = answer.sizes[0]?.capacity.unit ?? 'entries'
  const key = lines.map(({ name }, i) => `${marks[i] ?? '?'} ${safe(name)}`)
  const legend = lines.length > 1 ? prose(`${listed(key)}; * several policies`, page, { indent: 10 }) : []
  return section(
    'Miss ratio by cache size',
    [
      ...grid.map((cells, row) => `${padStart(labels[row] ?? '', 7)} |${cells.join('').trimEnd()}`),
      `        +${'-'.repeat(width)}`,
      `         ${axis(least, most, unit, width)}`,
      ...legend,
    ],
    page,
  )
}

/** Returns the labels of the axis of sizes; without unit if both do not fit. */
function axis(least: number, most: number, unit: 'entries' | 'bytes', width: number): string {
  const words = [least, most].map((amount) => sizeInWords({ unit, amount }))
  const isWide = words.join(' ').length > width
  const [from = '', to = ''] = isWide ? words.map((word) => word.replace(/ entr.*/, '')) : words
  return from + padStart(to, width - from.length)
}

/** Returns the rows of the plot for these percentages, in round steps. Every second row has a label. */
function heightOf(percentages: readonly number[]): { top: number; step: number; rows: number } {
  const [least, most] = [Math.min(...percentages), Math.max(...percentages)]
  const step = most - least > 40 ? 5 : most - least > 16 ? 2 : 1
  const top = Math.min(100, Math.ceil(most / (2 * step)) * 2 * step)
  const bottom = Math.max(0, Math.floor(least / (2 * step)) * 2 * step)
  return { top, step, rows: (top - bottom) / step + 1 }
}

/** Draws dots on the straight lines between points. */
function joinUp(grid: readonly string[][], points: readonly { column: number; row: number }[]): void {
  for (const [i, to] of points.entries()) {
    const from = points[i - 1]
    if (from === undefined) continue
    for (let column = from.column + 1; column < to.column; column++) {
      const row = from.row + ((to.row - from.row) * (column - from.column)) / (to.column - from.column)
      ;(grid[Math.round(row)] as string[])[column] = '.'
    }
  }
}
