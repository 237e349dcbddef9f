import type { Answer, Estimate } from '@loadpath/core'
import { estimate, quantity } from '../print/number.ts'
import { type Frame, horizontalAxis, px } from './chart/axes.ts'
import { fitted, textWidth } from './chart/labels.ts'
import type { Hue } from './chart/line-chart.ts'
import { between } from './chart/scales.ts'
import type { Named } from './comparison.ts'
import { dataTable } from './data-table.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

const hues: readonly Hue[] = [1, 2, 3, 4, 5, 6]
const rowHeight = 28

interface Row {
  readonly block: string
  /** One value a design; null if the design lacks the block or its resources have no limit. */
  readonly shares: readonly (number | null)[]
}

/** Returns the utilization of each block in each design, as dots on one scale. */
export function utilizationByBlock(all: readonly Named[], place: Place): Markup {
  const rows = rowsOf(all)
  if (rows.length === 0) return nothing
  const names = all.map(({ name }) => name)
  const picture = figure(below(place), {
    title: 'Utilization of the fullest resource by block',
    summary: rows
      .map(({ block, shares }) => `${block}: ${shares.map((one, i) => `${names[i]} ${shareSaid(one)}`).join(', ')}`)
      .join('; '),
    draw: (width) => draw(rows, names, width),
    table: dataTable({
      caption: 'Utilization by block',
      columns: [{ heading: 'block' }, ...names.map((heading) => ({ heading, align: 'right' as const }))],
      rows: rows.map(({ block }) => [
        block,
        ...all.map(({ answer }) => {
          const found = fullestOf(answer, block)
          return found === null ? '–' : estimate(found, 'share')
        }),
      ]),
    }),
  })
  return section(place, 'Utilization by block', [picture])
}

function shareSaid(shares: number | null): string {
  return shares === null ? 'none' : quantity(shares, 'share')
}

type Known = Extract<Estimate, { sufficient: true }>

/** Utilization of the fullest resource of a block; null if the answer lacks the block or its resources have no limit. */
function fullestOf({ blocks }: Answer, block: string): Known | null {
  const own = blocks.find(({ name }) => name === block)?.resources ?? []
  const known = own.flatMap(({ utilization, isRoom }) => (utilization.sufficient && !isRoom ? [utilization] : []))
  return known.reduce<Known | null>((most, one) => (most !== null && most.point >= one.point ? most : one), null)
}

function rowsOf(all: readonly Named[]): readonly Row[] {
  const blocks = [...new Set(all.flatMap(({ answer }) => answer.blocks.map(({ name }) => name)))]
  return blocks
    .map((block) => ({
      block,
      shares: all.map(({ answer }) => fullestOf(answer, block)?.point ?? null),
    }))
    .filter(({ shares }) => shares.some((one) => one !== null))
    .sort((a, b) => Math.max(...b.shares.map(Number)) - Math.max(...a.shares.map(Number)))
}

function draw(rows: readonly Row[], names: readonly string[], width: number): Picture {
  const left = Math.min(width < 600 ? 120 : 200, 16 + Math.max(...rows.map(({ block }) => textWidth(block))))
  const keys = keyRows(names, width)
  const top = keys.height + 8
  const frame: Frame = { left, right: width - 24, top, bottom: top + rows.length * rowHeight }
  const scale = between(0, 1, [frame.left, frame.right], width < 600 ? 2 : 5)
  const apart = Math.min(6, 20 / names.length)
  const dots = rows.map(({ block, shares }, i) => {
    const y = top + (i + 0.5) * rowHeight
    const found = shares.flatMap((one, design) =>
      one === null ? [] : [{ x: scale(one), y: y + (design - (names.length - 1) / 2) * apart, hue: hueOf(design) }],
    )
    const ends = found.map(({ x }) => x)
    return html`<text x="${px(left - 12)}" y="${px(y)}" dy="0.32em" text-anchor="end">${fitted(block, left - 14)}</text><line class="reach" x1="${px(Math.min(...ends))}" x2="${px(Math.max(...ends))}" y1="${px(y)}" y2="${px(y)}"/>${found.map(({ x, y: at, hue }) => html`<circle class="dot hue-${hue}" cx="${px(x)}" cy="${px(at)}" r="4"/>`)}`
  })
  const axis = horizontalAxis(scale, frame, () => (share) => quantity(share, 'share').replace(/\.0+/, ''), true)
  return { width, height: frame.bottom + 28, content: html`${keys.content}${axis}${dots}` }
}

function hueOf(design: number): Hue {
  return hues[design % hues.length] as Hue
}

function keyRows(names: readonly string[], width: number): { content: Markup; height: number } {
  let x = 0
  let y = 8
  const content = names.map((name, i) => {
    const text = fitted(name, width - 24)
    const room = 20 + textWidth(text)
    if (x > 0 && x + room > width) {
      x = 0
      y += 18
    }
    const at = x
    x += room + 14
    return html`<circle class="dot hue-${hueOf(i)}" cx="${px(at + 6)}" cy="${y}" r="5"/><text class="name hue-${hueOf(i)}" x="${px(at + 16)}" y="${y}" dy="0.32em">${text}</text>`
  })
  return { content: html`${content}`, height: y + 10 }
}
