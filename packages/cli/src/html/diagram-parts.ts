import { curveBasis, line } from 'd3-shape'
import { px } from './chart/axes.ts'
import { fitted, textWidth } from './chart/labels.ts'
import type { Point } from './chart/paths.ts'
import type { Box, PlacedArrow, PlacedBox } from './diagram-layout.ts'
import { html, type Markup, nothing } from './markup.ts'

export interface Node {
  readonly name: string
  /** Text below the name. */
  readonly about: string
  readonly use: { readonly share: number; readonly text: string } | null
  readonly marks: readonly { readonly text: string; readonly mood: 'bad' | 'accent' }[]
  readonly isSource: boolean
}

/** Colours of blocks by the utilization of their fullest resource, and their words in the legend. */
const levels = [
  { upTo: 0.5, name: 'load-1', said: 'below 50\u00a0%' },
  { upTo: 0.75, name: 'load-2', said: '50–75\u00a0%' },
  { upTo: 0.9, name: 'load-3', said: '75–90\u00a0%' },
  { upTo: Number.POSITIVE_INFINITY, name: 'load-4', said: '90\u00a0% or more' },
] as const

function loadClass(share: number | null): string {
  return share === null ? '' : (levels.find(({ upTo }) => share < upTo)?.name ?? '')
}

/** Returns the legend of the colours of blocks. */
export function loadLegend(hasPhases: boolean): Markup {
  return html`<ul class="legend"><li>Utilization of the fullest resource${hasPhases ? ' in its busiest phase' : ''}:</li>${levels.map(
    ({ name, said }) => html`<li><span class="sample ${name}"></span>${said}</li>`,
  )}<li><span class="sample"></span>no limited resource</li></ul>`
}

const least = 96
const most = 190
const inset = 10
/** Width of bold letters relative to regular ones. */
const bold = 1.15

/** Returns the size of a block. */
export function nodeSize({ name, about, use, marks }: Node): Omit<Box, 'name'> {
  const texts = [
    textWidth(name, 14) * bold,
    textWidth(about, 11),
    textWidth(use?.text ?? '', 11),
    ...marks.map(({ text }) => textWidth(text, 11) * bold),
  ]
  const width = Math.min(most, Math.max(least, ...texts.map((wide) => wide + 2 * inset)))
  return { width, height: 44 + (use === null ? 0 : 26) + marks.length * 16 }
}

/** Draws a block: name, type, utilization and marks. */
export function drawNode({ name, about, use, marks, isSource }: Node, box: PlacedBox): Markup {
  const left = box.x - box.width / 2
  const top = box.y - box.height / 2
  const room = box.width - 2 * inset + 1
  const x = px(left + inset)
  const look = `${marks[0]?.mood ?? ''} ${loadClass(use?.share ?? null)}`
  const bar = top + 62
  return html`<g class="node ${look}${isSource ? ' source' : ''}"><title>${[name, about, use?.text].filter((text) => text !== undefined).join(', ')}</title>
<rect class="box" x="${px(left)}" y="${px(top)}" width="${px(box.width)}" height="${px(box.height)}" rx="${isSource ? 22 : 4}"/>
<text class="title" x="${x}" y="${px(top + 20)}">${fitted(name, room, 14)}</text>
<text class="about" x="${x}" y="${px(top + 36)}">${fitted(about, room, 11)}</text>
${use === null ? nothing : html`<text class="about" x="${x}" y="${px(top + 54)}">${fitted(use.text, room, 11)}</text><rect class="gauge" x="${x}" y="${px(bar - 2)}" width="${px(room)}" height="4"/><rect class="gauge full" x="${x}" y="${px(bar - 2)}" width="${px(room * Math.min(1, use.share))}" height="4"/>`}
${marks.map(({ text }, i) => html`<text class="mark" x="${x}" y="${px(top + box.height - 8 - i * 16)}">${fitted(text, room, 11)}</text>`)}
</g>`
}

/** Draws an arrow; a thicker arrow carries more. */
export function drawEdge({ points }: PlacedArrow, share: number): Markup {
  const width = 1 + 3 * Math.sqrt(share)
  const path = line<Point>(
    (point) => point.x,
    (point) => point.y,
  ).curve(curveBasis)
  path.digits(1)
  const size = 6 + width
  const end = points.at(-1) as Point
  const before = points.at(-2) ?? end
  const back = towards(end, before, size)
  return html`<path class="edge" stroke-width="${px(width)}" d="${path([...points.slice(0, -1), back]) ?? ''}"/>${arrowHead(end, before, size)}`
}

/** Writes the rate of an arrow, on a plate over all arrows. */
export function drawRate({ at, label }: PlacedArrow): Markup {
  const room = textWidth(label, 12)
  return html`<rect class="plate" x="${px(at.x - room / 2 - 3)}" y="${px(at.y - 9)}" width="${px(room + 6)}" height="18"/><text class="rate" x="${px(at.x)}" y="${px(at.y)}" dy="0.32em" text-anchor="middle">${label}</text>`
}

function arrowHead(tip: Point, before: Point, size: number): Markup {
  const back = towards(tip, before, size)
  const half = size * 0.45
  const [dx, dy] = [(tip.x - back.x) / size, (tip.y - back.y) / size]
  const corners = [
    tip,
    { x: back.x - dy * half, y: back.y + dx * half },
    { x: back.x + dy * half, y: back.y - dx * half },
  ]
  return html`<path class="head" d="M${corners.map(({ x, y }) => `${px(x)},${px(y)}`).join('L')}Z"/>`
}

/** Returns the point one step from the first towards the second. */
function towards(from: Point, to: Point, step: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length === 0) return from
  return { x: from.x + ((to.x - from.x) * step) / length, y: from.y + ((to.y - from.y) * step) / length }
}
