import { html, type Markup, nothing } from '../markup.ts'
import { type Frame, px } from './axes.ts'
import { fitted, textWidth } from './labels.ts'
import type { Scale } from './scales.ts'

export interface Event {
  readonly atMs: number
  readonly label: string
}

export interface PlacedEvents {
  readonly height: number
  readonly marks: readonly Mark[]
}

interface Mark {
  readonly x: number
  /** Row of the label; null without room for one. */
  readonly row: number | null
  readonly text: string
  /** Whether the label is left of its line. */
  readonly isLeft: boolean
  readonly from: number
  readonly to: number
}

const rowHeight = 16
const mostRows = 6
const gap = 4

/** Places the labels of events in rows above the plot; a line starts at its label and crosses no other label. */
export function placeEvents(events: readonly Event[], x: Scale, width: number): PlacedEvents {
  const sorted = events.toSorted((a, b) => a.atMs - b.atMs).map(({ atMs, label }) => wanted(x(atMs), label))
  const lefts: Wanted[] = []
  const rights: Wanted[] = []
  for (const one of sorted.toReversed()) {
    const end = one.x + one.room
    const isLeft = end > width || (one.x > one.room && lefts.some(({ x: other }) => other <= end))
    if (isLeft) lefts.push(one)
    else rights.unshift(one)
  }
  const marks: Mark[] = []
  // Labels left of their lines come first, from the right: a line further left must start below them.
  for (const one of lefts) marks.push(inRow(one, true, marks))
  for (const one of rights) marks.push(inRow(one, false, marks))
  const rows = 1 + Math.max(-1, ...marks.map(({ row }) => row ?? -1))
  return { height: rows * rowHeight, marks }
}

interface Wanted {
  readonly x: number
  readonly text: string
  readonly room: number
}

function wanted(x: number, label: string): Wanted {
  const text = fitted(label, 160, 12)
  return { x, text, room: textWidth(text, 12) + gap }
}

/** Puts a label into the first row below all placed labels that it or its line meets. */
function inRow({ x, text, room }: Wanted, isLeft: boolean, placed: readonly Mark[]): Mark {
  const [from, to] = isLeft ? [x - room, x] : [x, x + room]
  const above = placed.filter((mark) => mark.from - gap < to && mark.to + gap > from).map(({ row }) => row ?? mostRows)
  const row = 1 + Math.max(-1, ...above)
  return { x, text, isLeft, from, to, row: row < mostRows ? row : null }
}

/** Draws a line at each event, from its label to the foot of the plot. */
export function eventLines({ marks, height }: PlacedEvents, { bottom }: Frame, top: number): Markup {
  const lines = marks.map(
    ({ x, row }) =>
      html`<line x1="${px(x)}" x2="${px(x)}" y1="${px(top + (row === null ? height : row * rowHeight))}" y2="${px(bottom)}"/>`,
  )
  return html`<g class="events">${lines}</g>`
}

/** Writes the labels of events. */
export function eventLabels({ marks }: PlacedEvents, top: number): Markup {
  const labels = marks.map(({ x, row, text, isLeft }) =>
    row === null
      ? nothing
      : html`<text x="${px(isLeft ? x - gap : x + gap)}" y="${top + row * rowHeight + 7}" dy="0.32em" text-anchor="${isLeft ? 'end' : 'start'}">${text}</text>`,
  )
  return html`<g class="events">${labels}</g>`
}
