import { html, type Markup } from '../markup.ts'
import { textWidth } from './labels.ts'
import type { Scale } from './scales.ts'
import type { Labels } from './units.ts'

/** The plot: the part of a picture with the data. */
export interface Frame {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Draws labels at the left, with faint lines across. */
export function verticalAxis(scale: Scale, { left, right }: Frame, labels: Labels): Markup {
  const label = labels(scale.ticks)
  return html`<g class="axis">${scale.ticks.map((tick) => {
    const y = px(scale(tick))
    return html`<line class="grid" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/><text x="${left - 8}" y="${y}" dy="0.32em" text-anchor="end">${label(tick)}</text>`
  })}</g>`
}

/** Draws labels below, as many as have room. */
export function horizontalAxis(scale: Scale, frame: Frame, labels: Labels, across = false): Markup {
  const label = labels(scale.ticks)
  let free = Number.NEGATIVE_INFINITY
  const marks = scale.ticks.flatMap((tick) => {
    const text = label(tick)
    const half = textWidth(text, 12) / 2
    const x = scale(tick)
    if (x - half < free) return []
    free = x + half + 6
    return [{ x: px(x), text }]
  })
  return html`<g class="axis"><line class="base" x1="${px(frame.left)}" x2="${px(frame.right)}" y1="${px(frame.bottom)}" y2="${px(frame.bottom)}"/>${marks.map(
    ({ x, text }) =>
      html`<line class="${across ? 'grid' : 'tick'}" x1="${x}" x2="${x}" y1="${px(across ? frame.top : frame.bottom)}" y2="${px(frame.bottom + 5)}"/><text x="${x}" y="${px(frame.bottom + 18)}" text-anchor="middle">${text}</text>`,
  )}</g>`
}

/** Returns a coordinate to a tenth of a pixel. */
export function px(place: number): string {
  return String(Math.round(place * 10) / 10)
}
