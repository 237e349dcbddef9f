import type { Picture } from '../figure.ts'
import { html, type Markup, nothing } from '../markup.ts'
import { type Frame, horizontalAxis, px, verticalAxis } from './axes.ts'
import { type Event, eventLabels, eventLines, placeEvents } from './events.ts'
import { fitted, spread, textWidth } from './labels.ts'
import { bandPath, linePath, type Point } from './paths.ts'
import { between, type Scale } from './scales.ts'
import type { Labels } from './units.ts'

/** A colour of the palette, or that of text, strong or faint. */
export type Hue = 1 | 2 | 3 | 4 | 5 | 6 | 'ink' | 'faint'

export interface Line {
  readonly name: string
  readonly hue: Hue
  readonly isDashed?: boolean
  /** Drawn broad and pale, so a line on top of it stays visible. */
  readonly isReference?: boolean
  /** `y` is null if unknown, Infinity if unanswered. */
  readonly points: readonly { readonly x: number; readonly y: number | null }[]
  /** The ends of the interval of each point. */
  readonly low?: readonly (number | null)[]
  readonly high?: readonly (number | null)[]
}

/** A quantity drawn as an area behind the lines. */
export interface Backdrop {
  readonly hue: Hue
  readonly points: readonly { readonly x: number; readonly y: number | null }[]
}

export interface LineChart {
  readonly width: number
  readonly height: number
  readonly lines: readonly Line[]
  readonly events?: readonly Event[]
  readonly backdrops?: readonly Backdrop[]
  /** What the areas behind the lines are. */
  readonly backdropTitle?: string
  /** Whether the areas share the scale of the lines; else their scale runs from 0 to their highest value. */
  readonly isBackdropOnAxis?: boolean
  readonly x: (range: readonly [number, number]) => Scale
  readonly y: (values: readonly number[], range: readonly [number, number]) => Scale
  readonly xLabels: Labels
  readonly yLabels: Labels
  /** What the axes measure, with the unit if the labels have none. */
  readonly xTitle: string
  readonly yTitle: string
  readonly acrossX?: boolean
  /** Room for the names at the end of the lines, px; aligns figures below each other. */
  readonly nameRoom?: number
}

/** Room for unanswered points, above all answers. */
const stripHeight = 26
const unanswered = 'unanswered'

/** Draws lines with their intervals as bands, named at the right; a narrow picture has the names above. */
export function lineChart(chart: LineChart): Picture {
  const { width, lines, events = [], backdrops = [] } = chart
  const isNarrow = width < 600
  const hasStrip = lines.some(({ points }) => points.some(({ y }) => y === Number.POSITIVE_INFINITY))
  const names = isNarrow ? keyAbove(lines, width) : { content: nothing, height: 0 }
  const longest = Math.min(220, Math.max(...lines.map(({ name }) => textWidth(name))))
  const labelRoom = isNarrow ? 12 : (chart.nameRoom ?? 20 + longest)
  const left = isNarrow && !hasStrip ? 56 : 80
  const x = chart.x([left, width - labelRoom])
  const marks = placeEvents(events, x, width)
  const labelTop = names.height + 22
  const top = names.height + 26 + marks.height + (hasStrip ? stripHeight : 0)
  const frame: Frame = { left, right: width - labelRoom, top, bottom: top + chart.height }
  const values = lines.flatMap(({ points, high = [] }) => [...points.map(({ y }) => y), ...high].filter(isKnown))
  const y = chart.y(values, [frame.bottom, frame.top])
  const at = (value: number | null): number | null =>
    value === null ? null : value === Number.POSITIVE_INFINITY ? top - stripHeight / 2 : y(value)
  const apart = Math.min(4, 14 / lines.length)
  const content = html`${areas(backdrops, x, chart.isBackdropOnAxis === true ? y : scaleOfAreas(backdrops, frame), frame)}${hasStrip ? strip(frame) : null}
${verticalAxis(y, frame, chart.yLabels)}${horizontalAxis(x, frame, chart.xLabels, chart.acrossX)}
${eventLines(marks, frame, labelTop)}
${lines.map((line) => band(line, x, at))}${lines.map((line, i) => stroke(line, x, at, (i - (lines.length - 1) / 2) * apart))}
${names.content}${titles(chart, names.height, frame)}${eventLabels(marks, labelTop)}
${isNarrow ? null : namesAtEnd(lines, frame, at, width)}`
  return { width, height: frame.bottom + 42, content }
}

function isKnown(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}

function titles({ xTitle, yTitle, backdropTitle }: LineChart, above: number, { right, bottom }: Frame): Markup {
  const behind =
    backdropTitle === undefined
      ? nothing
      : html`<text class="axis-title" x="${px(right)}" y="${above + 12}" text-anchor="end">${backdropTitle}</text>`
  return html`<text class="axis-title" x="0" y="${above + 12}">${yTitle}</text>${behind}<text class="axis-title" x="${px(right)}" y="${px(bottom + 36)}" text-anchor="end">${xTitle}</text>`
}

function scaleOfAreas(backdrops: readonly Backdrop[], { top, bottom }: Frame): Scale {
  const most = Math.max(0, ...backdrops.flatMap(({ points }) => points.map(({ y }) => y).filter(isKnown)))
  return between(0, most, [bottom, top])
}

function areas(backdrops: readonly Backdrop[], x: Scale, y: Scale, { bottom }: Frame): Markup {
  return html`${backdrops.map(({ hue, points }) => {
    const edge = points.map((point): Point | null => (isKnown(point.y) ? { x: x(point.x), y: y(point.y) } : null))
    const foot = edge.map((point) => (point === null ? null : { x: point.x, y: bottom }))
    return html`<path class="load hue-${hue}" d="${bandPath(foot, edge)}"/>`
  })}`
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

/**
 * Draws the answered points as one line and the unanswered ones as another; no line joins the two. Unanswered lines
 * of several names are `shift` px off the middle of their strip, so none hides another.
 */
function stroke({ points, hue, isDashed, isReference }: Line, x: Scale, at: Place, shift: number): Markup {
  const place = (isShown: (y: number) => boolean) =>
    points.map((point): Point | null => {
      const y = point.y !== null && isShown(point.y) ? at(point.y) : null
      return y === null ? null : { x: x(point.x), y }
    })
  const look = `line hue-${hue}${isDashed === true ? ' dashed' : ''}${isReference === true ? ' reference' : ''}`
  const answered = place(Number.isFinite)
  const never = place((y) => !Number.isFinite(y)).map((point) => point && { x: point.x, y: point.y + shift })
  const alone = [...lonely(answered), ...lonely(never)]
  return html`<path class="${look}" d="${linePath(answered)}"/><path class="${look} never" d="${linePath(never)}"/>${alone.map((point) => html`<circle class="dot hue-${hue}" cx="${px(point.x)}" cy="${px(point.y)}" r="2.5"/>`)}`
}

/** Returns points without a neighbour, of which a line shows nothing. */
function lonely(points: readonly (Point | null)[]): readonly Point[] {
  return points.filter((point, i): point is Point => {
    return point !== null && (points[i - 1] ?? null) === null && (points[i + 1] ?? null) === null
  })
}

/** Draws the place of unanswered points, labelled like a value of the axis. */
function strip({ left, right, top }: Frame): Markup {
  const from = top - stripHeight
  return html`<rect class="strip" x="${px(left)}" y="${px(from)}" width="${px(right - left)}" height="${stripHeight - 4}"/><text class="strip-name" x="${px(left - 8)}" y="${px(from + stripHeight / 2 - 2)}" dy="0.32em" text-anchor="end">${unanswered}</text>`
}

/** Writes the names at the right of the plot, each at the height of the last point of its line. */
function namesAtEnd(lines: readonly Line[], { top, bottom, right }: Frame, at: Place, width: number): Markup {
  const ends = lines.flatMap((line) => {
    const y = at(line.points.findLast((point) => point.y !== null)?.y ?? null)
    return y === null ? [] : [{ line, y }]
  })
  const places = spread(
    ends.map(({ y }) => y),
    16,
    top - stripHeight / 2,
    bottom,
  )
  const from = right + 8
  return html`${ends.map(
    ({ line }, i) =>
      html`<text class="name hue-${line.hue}" x="${px(from)}" y="${px(places[i] as number)}" dy="0.32em">${fitted(line.name, Math.max(100, width - from))}</text>`,
  )}`
}

/** Writes the names with their colours, row by row. */
function keyAbove(lines: readonly Line[], width: number): { content: Markup; height: number } {
  let x = 0
  let y = 8
  const items = lines.map(({ name, hue, isDashed }) => {
    const text = fitted(name, width - 30)
    // Names are bold, so wider than estimated.
    const room = 28 + textWidth(text) * 1.15
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
