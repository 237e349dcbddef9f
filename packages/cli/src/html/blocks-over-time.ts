import type { Answer, CurveAnswer, OverTimeAnswer } from '@loadpath/core'
import { quantity } from '../print/number.ts'
import { type Frame, px } from './chart/axes.ts'
import { fitted, textWidth } from './chart/labels.ts'
import type { Hue } from './chart/line-chart.ts'
import { bandPath, linePath, type Point } from './chart/paths.ts'
import { between, type Scale } from './chart/scales.ts'
import { durationLabels } from './chart/units.ts'
import { type CurveColumn, curveTable } from './curve.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import type { Place } from './place.ts'

type BlockCurves = OverTimeAnswer['blocks'][number]

/** Blocks in the figure, busiest first. */
const mostRows = 20
const panelHeight = 44
const rowGap = 26

/** Draws one row a block: its utilization and its calls in flight over time. */
export function blocksOverTime(found: OverTimeAnswer, answer: Answer, place: Place): Markup {
  const rows = found.blocks
    .slice()
    .sort((a, b) => peakUse(b) - peakUse(a))
    .slice(0, mostRows)
  if (rows.length === 0) return nothing
  const busiest = rows.slice(0, 4).map((row) => `${row.name} up to ${quantity(peakUse(row), 'share')}`)
  return figure(place, {
    title: 'Utilization and calls in flight by block',
    summary: `Highest utilization: ${busiest.join(', ')}.`,
    draw: (width) => draw(rows, found, answer, width),
    note: 'Utilization runs from 0 to 100 %. Calls in flight wait or are in progress; each block has its own scale. The text below each panel gives the highest mean of a slice.',
    table: curveTable(found, 'Utilization and queues over time', rows.slice(0, 6).flatMap(columnsOf)),
  })
}

function peakUse({ resources }: BlockCurves): number {
  return Math.max(0, ...resources.map(({ utilization }) => peak(utilization)))
}

function peak({ point }: CurveAnswer): number {
  return Math.max(0, ...point.filter((value) => value !== null && Number.isFinite(value)).map(Number))
}

function columnsOf({ name, resources, inFlight, queues }: BlockCurves): readonly CurveColumn[] {
  const use = resources
    .toSorted((a, b) => peak(b.utilization) - peak(a.utilization))
    .slice(0, 1)
    .map((one) => ({ heading: `${name}: ${one.name} utilization`, curve: one.utilization, measured: 'share' as const }))
  const line = queues
    .filter(({ mean }) => peak(mean) > 0)
    .map((one) => ({ heading: `${name}: ${one.name}`, curve: one.mean, measured: 'factor' as const }))
  return [...use, { heading: `${name}: in flight`, curve: inFlight, measured: 'factor' }, ...line]
}

interface Panels {
  readonly name: number
  readonly use: readonly [number, number]
  readonly queue: readonly [number, number]
  /** Height of the name above its panels in a narrow picture. */
  readonly drop: number
}

function panelsOf(rows: readonly BlockCurves[], width: number): Panels {
  if (width < 600) {
    const half = (width - 20) / 2
    return { name: 0, use: [0, half], queue: [width - half, width], drop: 18 }
  }
  const name = Math.min(180, 16 + Math.max(textWidth('bottleneck'), ...rows.map((row) => textWidth(row.name) * 1.15)))
  const half = (width - name - 40) / 2
  return { name, use: [name, name + half], queue: [name + half + 40, width], drop: 0 }
}

function draw(rows: readonly BlockCurves[], found: OverTimeAnswer, answer: Answer, width: number): Picture {
  const panels = panelsOf(rows, width)
  const top = 28
  const pitch = panelHeight + rowGap + panels.drop
  const content = rows.map((row, i) => {
    const y = top + i * pitch
    const base = y + panels.drop + panelHeight
    const isTight = answer.bottleneck?.block === row.name
    const middle = base - panelHeight / 2
    const name =
      panels.drop > 0
        ? html`<text class="strong" x="0" y="${y + 8}" dy="0.32em">${fitted(row.name, width)}</text>`
        : html`<text class="strong" x="0" y="${middle}" dy="0.32em">${fitted(row.name, panels.name - 8)}</text>`
    const tag = isTight
      ? html`<text class="quiet" x="${panels.drop > 0 ? px(textWidth(row.name) * 1.15 + 10) : 0}" y="${panels.drop > 0 ? y + 8 : middle + 16}" dy="0.32em">bottleneck</text>`
      : nothing
    return html`${name}${tag}${usePanel(row, found, frameOf(panels.use, base))}${insidePanel(row, found, frameOf(panels.queue, base))}`
  })
  const heads = html`<text class="axis-title" x="${panels.use[0]}" y="12">utilization</text><text class="axis-title" x="${px(panels.queue[0])}" y="12">calls in flight</text>`
  const height = top + rows.length * pitch + 14
  return { width, height, content: html`${heads}${content}${timesBelow(found, panels, height - 14)}` }
}

function frameOf([left, right]: readonly [number, number], bottom: number): Frame {
  return { left, right, top: bottom - panelHeight, bottom }
}

function usePanel({ resources }: BlockCurves, found: OverTimeAnswer, frame: Frame): Markup {
  const scale = between(0, 1, [frame.bottom, frame.top])
  const hues: readonly Hue[] = [1, 4, 3]
  const different = resources.filter(({ utilization }, i) => i === 0 || !isSame(utilization, resources[0]?.utilization))
  if (different.length === 0) return emptyPanel(frame, 'no limited resource')
  const lines = different.slice(0, 3).map(({ utilization }, i) => spark(utilization, found, frame, scale, hues[i] ?? 1))
  const said = different.slice(0, 3).map(({ name, utilization }, i) => ({
    text: `${name} up to ${quantity(peak(utilization), 'share')}`,
    hue: hues[i] ?? 1,
  }))
  return html`${ground(frame, found, true)}${lines}${peaks(said, frame)}`
}

function isSame(a: CurveAnswer, b: CurveAnswer | undefined): boolean {
  return a.point.every((value, i) => Math.abs((value ?? 0) - (b?.point[i] ?? 0)) < 0.001)
}

/** Draws calls in flight, and the queues among them. */
function insidePanel({ inFlight, queues }: BlockCurves, found: OverTimeAnswer, frame: Frame): Markup {
  const full = queues.filter(({ mean }) => peak(mean) >= Math.max(0.005, peak(inFlight) / 100)).slice(0, 2)
  const scale = between(0, peak(inFlight) || 1, [frame.bottom, frame.top + 2])
  const curves = [{ name: 'in flight', curve: inFlight }, ...full.map(({ name, mean }) => ({ name, curve: mean }))]
  const hues: readonly Hue[] = [2, 5, 6]
  const lines = curves.map(({ curve }, i) => spark(curve, found, frame, scale, hues[i] ?? 2))
  const said = curves.map(({ name, curve }, i) => ({
    text: `${i === 0 ? 'up to ' : ''}${quantity(peak(curve), 'factor')} ${name}`,
    hue: hues[i] ?? 2,
  }))
  return html`${ground(frame, found, false)}${lines}${peaks(said, frame)}`
}

/** Writes the peak of each line in its colour, as far as there is room. */
function peaks(said: readonly { text: string; hue: Hue }[], { left, right, bottom }: Frame): Markup {
  let room = right - left
  const parts = said.flatMap(({ text, hue }, i) => {
    const whole = i > 0 ? `, ${text}` : text
    room -= textWidth(whole, 12)
    return i > 0 && room < 0 ? [] : [html`<tspan class="hue-${hue}">${whole}</tspan>`]
  })
  return html`<text class="peak name" x="${px(left)}" y="${px(bottom + 14)}">${parts}</text>`
}

function emptyPanel({ left, right, bottom, top }: Frame, why: string): Markup {
  const y = (bottom + top) / 2
  return html`<line class="base" x1="${px(left)}" x2="${px(right)}" y1="${px(bottom)}" y2="${px(bottom)}"/><text class="quiet" x="${px(left)}" y="${px(y)}" dy="0.32em">${why}</text>`
}

function ground({ left, right, top, bottom }: Frame, found: OverTimeAnswer, hasTop: boolean): Markup {
  const x = scaleOf(found, left, right)
  const edge = hasTop
    ? html`<line class="grid" x1="${px(left)}" x2="${px(right)}" y1="${px(top)}" y2="${px(top)}"/>`
    : nothing
  return html`${edge}<line class="base" x1="${px(left)}" x2="${px(right)}" y1="${px(bottom)}" y2="${px(bottom)}"/><g class="events">${found.events.map(
    ({ atMs }) => html`<line x1="${px(x(atMs))}" x2="${px(x(atMs))}" y1="${px(top)}" y2="${px(bottom)}"/>`,
  )}</g>`
}

function scaleOf({ edgesMs }: OverTimeAnswer, left: number, right: number, marks?: number): Scale {
  return between(edgesMs[0] ?? 0, edgesMs.at(-1) ?? 1, [left, right], marks)
}

function spark(curve: CurveAnswer, found: OverTimeAnswer, frame: Frame, y: Scale, hue: Hue): Markup {
  const x = scaleOf(found, frame.left, frame.right)
  const place = (values: readonly (number | null)[]) =>
    values.map((value, i): Point | null => {
      if (value === null || !Number.isFinite(value)) return null
      return { x: x(((found.edgesMs[i] as number) + (found.edgesMs[i + 1] as number)) / 2), y: y(value) }
    })
  return html`<path class="band hue-${hue}" d="${bandPath(place(curve.low), place(curve.high))}"/><path class="line hue-${hue}" d="${linePath(place(curve.point))}"/>`
}

/** Writes both ends of the time axis below the last row. */
function timesBelow(found: OverTimeAnswer, { use, queue }: Panels, y: number): Markup {
  const ends = [found.edgesMs[0] ?? 0, found.edgesMs.at(-1) ?? 0] as const
  const [from, to] = ends.map(durationLabels(ends))
  return html`<g class="axis">${[use, queue].map(
    ([left, right]) =>
      html`<text x="${px(left)}" y="${px(y + 10)}">${from}</text><text x="${px(right)}" y="${px(y + 10)}" text-anchor="end">${to}</text>`,
  )}</g>`
}
