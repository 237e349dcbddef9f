import type { Picture } from '../figure.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { type Frame, horizontalAxis, px, verticalAxis } from './axes.ts'
import { fitted, spread, textWidth } from './labels.ts'
import { bandPath, linePath, type Point } from './paths.ts'
import type { Scale } from './scales.ts'

/** A colour of the palette, or that of text, strong or faint. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 'ink' | 'faint'

export interface Line {
  readonly name: string
  readonly hue: Hue
  readonly isDashed?: boolean
  /** Drawn broad and pale, so that what runs along it is seen. */
  readonly isReference?: boolean
  /** `y` null where nothing can be said, Infinity where nothing was answered. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[]
  /** The ends of the interval, at the places of the points. */
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

export interface Event {
  readonly atMs: number
  readonly label: string
}

export interface LineChart {
  readonly width: number
  readonly height: number
  readonly lines: readonly Line[]
  readonly events?: readonly Event[]
  readonly x: (range: readonly [number, number]) => Scale
  readonly y: (values: readonly number[], range: readonly [number, number]) => Scale
  readonly xLabel: (value: number) => string
  readonly yLabel: (value: number) => string
  /** What the axes measure, with the unit where the numbers do not bear it. */
  readonly xTitle: string
  readonly yTitle: string
  readonly acrossX?: boolean
  /** Room for the names at the end of the lines, px, where pictures below each other must line up. */
  readonly nameRoom?: number
}

/** Room for what was never answered, above all answers. */
const stripHeight = 26
const eventRow = 16
const mostEventRows = 6

/** Lines with their intervals as bands, each named at its end; on a narrow picture their names stand above it. */
export function lineChart(chart: LineChart): Picture {
  const { width, lines, events = [] } = chart
  const isNarrow = width < 600
  const hasStrip = lines.some(({ points }) => points.some(({ y }) => y === Number.POSITIVE_INFINITY))
  const names = isNarrow ? keyAbove(lines, width) : { content: nothing, height: 0 }
  const longest = Math.min(220, Math.max(...lines.map(({ name }) => textWidth(name))))
  const labelRoom = isNarrow ? 8 : (chart.nameRoom ?? 20 + longest)
  const left = isNarrow ? 52 : 64
  const x = chart.x([left, width - labelRoom])
  const marks = placeEvents(events, x, width)
  const top = names.height + 26 + marks.height + (hasStrip ? stripHeight : 0)
  const frame: Frame = { left, right: width - labelRoom, top, bottom: top + chart.height }
  const values = lines.flatMap(({ points, high = [] }) => [...points.map(({ y }) => y), ...high].filter(isKnown))
  const y = chart.y(values, [frame.bottom, frame.top])
  const at = (value: number | null): number | null =>
    value === null ? null : value === Number.POSITIVE_INFINITY ? top - stripHeight / 2 : y(value)
  const content = html`${names.content}
<text class="axis-title" x="0" y="${names.height + 12}">${chart.yTitle}</text>
${verticalAxis(y, frame, chart.yLabel)}${horizontalAxis(x, frame, chart.xLabel, chart.acrossX)}
<text class="axis-title" x="${px(frame.right)}" y="${px(frame.bottom + 36)}" text-anchor="end">${chart.xTitle}</text>
${hasStrip ? strip(frame) : null}
${eventLines(marks, frame, names.height + 22)}
${lines.map((line) => band(line, x, at))}${lines.map((line) => stroke(line, x, at))}
${isNarrow ? null : namesAtEnd(lines, frame, x, at, width)}`
  return { width, height: frame.bottom + 42, content }
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}

type Place = (value: number | null) => number | null

function band({ points, low, high, hue }: Line, x: Scale, at: Place): Markup {
  if (low === undefined || high === undefined) return nothing
  const edge = (values: readonly (number | null)[]) =>
    points.map((point, i): Point | null => {
      const y = isKnown(point.y) ? at(values[i] ?? null) : null
      return y === null ? null : { x: x(point.x), y }
    })
  return html`<path class="band hue-${hue}" d="${bandPath(edge(low), edge(high))}"/>`
}

function stroke({ points, hue, isDashed, isReference }: Line, x: Scale, at: Place): Markup {
  const place = (isShown: (y: number) => boolean) =>
    points.map((point): Point | null => {
      const y = point.y !== null && isShown(point.y) ? at(point.y) : null
      return y === null ? null : { x: x(point.x), y }
    })
  const look = `line hue-${hue}${isDashed === true ? ' dashed' : ''}${isReference === true ? ' reference' : ''}`
  const answered = place(Number.isFinite)
  const never = place((y) => !Number.isFinite(y))
  const alone = [...lonely(answered), ...lonely(never)]
  return html`<path class="${look}" d="${linePath(answered)}"/><path class="${look} never" d="${linePath(never)}"/><path class="${look} climb" d="${climbs(answered, never)}"/>${alone.map((point) => html`<circle class="dot hue-${hue}" cx="${px(point.x)}" cy="${px(point.y)}" r="2"/>`)}`
}

/** Points without a neighbour, of which a line shows nothing. */
function lonely(points: readonly (Point | null)[]): readonly Point[] {
  return points.filter((point, i): point is Point => {
    return point !== null && (points[i - 1] ?? null) === null && (points[i + 1] ?? null) === null
  })
}

/** From the last that was answered to the first that was not, and back. */
function climbs(answered: readonly (Point | null)[], never: readonly (Point | null)[]): string {
  return answered
    .slice(1)
    .map((_, i) => {
      const up = [answered[i] ?? null, never[i + 1] ?? null]
      const down = [never[i] ?? null, answered[i + 1] ?? null]
      const found = [up, down].find((pair) => pair.every((point) => point !== null))
      return found === undefined ? '' : linePath(found)
    })
    .join('')
}

function strip({ left, right, top }: Frame): Markup {
  const from = top - stripHeight
  return html`<rect class="strip" x="${px(left)}" y="${px(from)}" width="${px(right - left)}" height="${stripHeight - 4}"/><text class="strip-name" x="${px(left + 6)}" y="${px(from + stripHeight / 2 - 2)}" dy="0.32em">not answered</text>`
}

function namesAtEnd(lines: readonly Line[], { top, bottom }: Frame, x: Scale, at: Place, width: number): Markup {
  const ends = lines.flatMap((line) => {
    const last = line.points.findLast(({ y }) => y !== null)
    const y = last === undefined ? null : at(last.y)
    return last === undefined || y === null ? [] : [{ line, x: x(last.x), y }]
  })
  const places = spread(
    ends.map(({ y }) => y),
    16,
    top - stripHeight / 2,
    bottom,
  )
  return html`${ends.map(({ line, x: endX }, i) => {
    const from = endX + 8
    return html`<text class="name hue-${line.hue}" x="${px(from)}" y="${px(places[i] as number)}" dy="0.32em">${fitted(line.name, Math.max(200, width - from))}</text>`
  })}`
}

/** Names with their colours, row by row. */
function keyAbove(lines: readonly Line[], width: number): { content: Markup; height: number } {
  let x = 0
  let y = 8
  const items = lines.map(({ name, hue, isDashed }) => {
    const text = fitted(name, width - 30)
    const room = 28 + textWidth(text)
    if (x > 0 && x + room > width) {
      x = 0
      y += 18
    }
    const at = x
    x += room + 10
    return html`<line class="line hue-${hue}${isDashed === true ? ' dashed' : ''}" x1="${at}" x2="${at + 18}" y1="${y}" y2="${y}"/><text class="name hue-${hue}" x="${at + 24}" y="${y}" dy="0.32em">${text}</text>`
  })
  return { content: html`${items}`, height: y + 14 }
}

interface PlacedEvents {
  readonly height: number
  readonly marks: readonly { x: number; row: number | null; text: string; isLeft: boolean }[]
}

/** Labels of events, in as few rows as they fit in. */
function placeEvents(events: readonly Event[], x: Scale, width: number): PlacedEvents {
  const ends: number[] = []
  const marks = events.map(({ atMs, label }) => {
    const at = x(atMs)
    const text = fitted(label, 160, 12)
    const room = textWidth(text, 12) + 8
    const isLeft = at + room > width
    const from = isLeft ? at - room : at
    let row = 0
    while (row < ends.length && (ends[row] as number) > from) row += 1
    if (row >= mostEventRows) return { x: at, row: null, text, isLeft }
    ends[row] = isLeft ? at : from + room
    return { x: at, row, text, isLeft }
  })
  return { height: ends.length * eventRow, marks }
}

function eventLines({ marks }: PlacedEvents, { bottom }: Frame, top: number): Markup {
  return html`<g class="events">${marks.map(({ x, row, text, isLeft }) => {
    const y = top + (row ?? 0) * eventRow
    const name =
      row === null
        ? nothing
        : html`<text x="${px(isLeft ? x - 4 : x + 4)}" y="${y + 7}" dy="0.32em" text-anchor="${isLeft ? 'end' : 'start'}">${text}</text>`
    return html`<line x1="${px(x)}" x2="${px(x)}" y1="${y}" y2="${px(bottom)}"/>${name}`
  })}</g>`
}
