import type { Answer, TraceAnswer } from '@loadpath/core'
import { inOneUnit, quantity } from '../print/number.ts'
import { traceSaid } from '../print/trace.ts'
import { activities, key } from './breakdown.ts'
import { type Frame, horizontalAxis, px } from './chart/axes.ts'
import { fitted, textWidth } from './chart/labels.ts'
import { overTime } from './chart/scales.ts'
import { durationLabels } from './chart/units.ts'
import { dataTable } from './data-table.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

type Segment = TraceAnswer['segments'][number]

const rowHeight = 24
/** Segments in the figure; the table lists all. */
const mostRows = 40

/** Returns the slowest request, traced through all blocks. */
export function waterfall({ trace }: Answer, place: Place): Markup {
  if (trace === null || trace.segments.length === 0) return nothing
  const longest = trace.segments.toSorted((a, b) => lengthOf(b) - lengthOf(a))[0] as Segment
  const shown = shownOf(trace.segments)
  const left = trace.segments.length - shown.length
  const content = figure(below(place), {
    title: 'Segments of the slowest request',
    summary: `${trace.segments.length} segments; the longest is ${longest.activity} at ${longest.block}, ${quantity(lengthOf(longest), 'duration')}.`,
    draw: (width) => draw(trace, shown, width),
    note:
      left > 0
        ? `The figure shows the ${shown.length} longest segments; the table also lists the ${left} shorter ones.`
        : undefined,
    table: segmentTable(trace),
  })
  return section(place, 'Slowest request', [content], traceSaid(trace))
}

function lengthOf({ fromMs, toMs }: Segment): number {
  return toMs - fromMs
}

/** Returns the longest segments in order of time. */
function shownOf(segments: readonly Segment[]): readonly Segment[] {
  const longest = new Set(segments.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, mostRows))
  return segments.filter((segment) => longest.has(segment))
}

function draw({ request }: TraceAnswer, segments: readonly Segment[], width: number): Picture {
  const isNarrow = width < 600
  const words = segments.map(({ block, activity, note }) => `${block} ${note ?? activity}`)
  const left = isNarrow ? 8 : Math.min(260, 16 + Math.max(...words.map((text) => textWidth(text))))
  const pitch = isNarrow ? rowHeight + 14 : rowHeight
  const top = 28
  const frame: Frame = { left, right: width - (isNarrow ? 70 : 90), top, bottom: top + segments.length * pitch + 6 }
  const tookMs = request.endedMs - request.arrivedMs
  const scale = overTime(0, tookMs, [frame.left, frame.right], isNarrow ? 4 : 8)
  const rows = segments.map((segment, i) => {
    const y = top + i * pitch + (isNarrow ? 16 : 2)
    const from = scale(segment.fromMs - request.arrivedMs)
    const to = Math.max(scale(segment.toMs - request.arrivedMs), from + 1)
    const label = fitted(words[i] as string, isNarrow ? width : left - 12)
    const name = isNarrow
      ? html`<rect class="plate" x="0" y="${y - 17}" width="${px(frame.right)}" height="17"/><text x="8" y="${y - 4}">${label}</text>`
      : html`<text x="${px(left - 12)}" y="${y + 8}" dy="0.32em" text-anchor="end">${label}</text>`
    const activity = activities.find((known) => known === segment.activity) ?? 'processing'
    return html`${name}<rect class="fill ${activity}" x="${px(from)}" y="${y}" width="${px(to - from)}" height="16"/><text class="quiet" x="${px(to + 6)}" y="${y + 8}" dy="0.32em">${quantity(lengthOf(segment), 'duration')}</text>`
  })
  const axis = horizontalAxis(scale, frame, durationLabels, true)
  return { width, height: frame.bottom + 28, content: html`${key(left)}${axis}${rows}` }
}

function segmentTable({ request, segments }: TraceAnswer): Markup {
  const at = inOneUnit(segments.map(({ fromMs }) => fromMs - request.arrivedMs))
  const lasts = inOneUnit(segments.map(({ fromMs, toMs }) => toMs - fromMs))
  return dataTable({
    caption: 'Segments of the slowest request',
    columns: [
      { heading: 'start', align: 'right' },
      { heading: 'block' },
      { heading: 'activity' },
      { heading: 'duration', align: 'right' },
    ],
    rows: segments.map(({ block, activity, fromMs, toMs, note }) => [
      `+${quantity(fromMs - request.arrivedMs, at)}`,
      block,
      note === undefined ? activity : `${activity}: ${note}`,
      quantity(toMs - fromMs, lasts),
    ]),
  })
}
