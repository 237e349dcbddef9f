import type { Answer, PercentileAnswer } from '@loadpath/core'
import { quantity, withRange } from '../print/number.ts'
import { responseOf, unitOf, unknownSaid } from '../print/percentiles.ts'
import { type Frame, horizontalAxis, px } from './chart/axes.ts'
import { logarithmic, type Scale } from './chart/scales.ts'
import { durationLabels } from './chart/units.ts'
import { dataTable } from './data-table.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import type { Place } from './place.ts'

const rowHeight = 30

/** Returns the percentiles with service times 5 % and 20 % longer. */
export function longerWork({ requests, verdict }: Answer, place: Place): Markup {
  const all = requests[0]?.percentiles ?? []
  const shown = all.filter(
    ({ estimate, serviceTimePlus5, serviceTimePlus20 }) =>
      estimate.sufficient && (serviceTimePlus5 !== null || serviceTimePlus20 !== null),
  )
  const unknown = unknownSaid(all)
  if (shown.length === 0) return unknown.length === 0 ? nothing : html`<p class="note">${unknown.join(' ')}</p>`
  return figure(place, {
    title: 'Response time with longer service times',
    summary: shown.map((one) => `p${one.percentile} ${responseOf(one)}, then ${longerSaid(one)}`).join('; '),
    draw: (width) => draw(shown, width),
    note: [...riseSaid(all, verdict), ...unknown].join(' '),
    table: table(all),
  })
}

/** How much the percentiles rise. Only a design that carries its load, and all of whose percentiles are known, is robust. */
function riseSaid(all: readonly PercentileAnswer[], { outcome }: Answer['verdict']): readonly string[] {
  const unanswered = all.filter(({ estimate }) => estimate.sufficient && !Number.isFinite(estimate.point))
  const said =
    unanswered.length === 0 ? [] : [`${namesOf(unanswered)} unanswered, with or without longer service times.`]
  if (all.some(({ nearKnee }) => nearKnee)) {
    const meaning =
      'Near the knee: a percentile that rises by more than half is given as the range up to its value with service times 20 % longer.'
    return [...said, meaning]
  }
  const known = all.filter(
    ({ estimate, serviceTimePlus20 }) =>
      estimate.sufficient && Number.isFinite(estimate.point) && serviceTimePlus20 !== null,
  )
  if (known.length === 0) return said
  if (known.length < all.length)
    return [...said, `No ${said.length === 0 ? '' : 'other '}known percentile rises by more than half.`]
  const rises = 'No percentile rises by more than half'
  return [outcome === 'carries' ? `${rises}: the results are robust to small errors in service times.` : `${rises}.`]
}

function namesOf(percentiles: readonly PercentileAnswer[]): string {
  const names = percentiles.map(({ percentile }) => `p${percentile}`)
  return names.length === 1 ? `${names[0]} is` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} are`
}

function longerSaid({ serviceTimePlus5, serviceTimePlus20 }: PercentileAnswer): string {
  return [serviceTimePlus5, serviceTimePlus20]
    .map((value) => (value === null ? 'unknown' : quantity(value, 'duration')))
    .join(' and ')
}

function draw(rows: readonly PercentileAnswer[], width: number): Picture {
  const isNarrow = width < 600
  const hasNever = rows.some((row) => valuesOf(row).includes(Number.POSITIVE_INFINITY))
  const top = 26
  const frame: Frame = {
    left: 60,
    right: width - (hasNever ? 136 : 24),
    top,
    bottom: top + rows.length * rowHeight + 4,
  }
  const scale = logarithmic(rows.flatMap(valuesOf), [frame.left, frame.right])
  const never = frame.right + 86
  const marks = rows.map((row, i) => rowOf(row, top + (i + 0.5) * rowHeight, scale, never))
  const axis = horizontalAxis(scale, frame, durationLabels, true)
  const strip = hasNever
    ? html`<rect class="strip" x="${px(frame.right + 36)}" y="${top}" width="100" height="${rows.length * rowHeight}"/><text class="strip-name" x="${px(never)}" y="${frame.bottom + 18}" text-anchor="middle">unanswered</text>`
    : nothing
  return { width, height: frame.bottom + 28, content: html`${key(isNarrow)}${axis}${strip}${marks}` }
}

function valuesOf({ estimate, serviceTimePlus5, serviceTimePlus20 }: PercentileAnswer): readonly number[] {
  return [estimate.sufficient ? estimate.point : null, serviceTimePlus5, serviceTimePlus20].filter(
    (value) => value !== null,
  )
}

function rowOf(
  { percentile, estimate, serviceTimePlus5, serviceTimePlus20 }: PercentileAnswer,
  y: number,
  scale: Scale,
  never: number,
) {
  if (!estimate.sufficient) return nothing
  const at = (ms: number) => (Number.isFinite(ms) ? scale(ms) : never)
  const point = at(estimate.point)
  const ends = [serviceTimePlus5, serviceTimePlus20].filter((value) => value !== null).map(at)
  const last = Math.max(point, ...ends)
  const interval = Number.isFinite(estimate.high) && Number.isFinite(estimate.low)
  return html`<text x="48" y="${px(y)}" dy="0.32em" text-anchor="end">p${percentile}</text>
<line class="reach" x1="${px(point)}" x2="${px(last)}" y1="${px(y)}" y2="${px(y)}"/>
${interval ? html`<line class="interval-line" x1="${px(at(estimate.low))}" x2="${px(at(estimate.high))}" y1="${px(y)}" y2="${px(y)}"/>` : nothing}
<circle class="dot hue-1" cx="${px(point)}" cy="${px(y)}" r="5"/>
${ends.map((x, i) => html`<path class="longer hue-2" d="M${px(x)},${px(y - (i === 0 ? 5 : 8))}v${i === 0 ? 10 : 16}"/>`)}`
}

function key(isNarrow: boolean): Markup {
  const [now, five, twenty] = isNarrow
    ? ['as designed', '+5 %', '+20 %']
    : ['as designed', 'service times +5 %', 'service times +20 %']
  const [a, b] = isNarrow ? [120, 200] : [130, 310]
  return html`<circle class="dot hue-1" cx="6" cy="8" r="5"/><text x="18" y="8" dy="0.32em">${now}</text><path class="longer hue-2" d="M${a},3v10"/><text x="${a + 10}" y="8" dy="0.32em">${five}</text><path class="longer hue-2" d="M${b},0v16"/><text x="${b + 10}" y="8" dy="0.32em">${twenty}</text>`
}

function table(all: readonly PercentileAnswer[]): Markup {
  const unit = unitOf(all)
  const longer = (value: number | null) => (value === null ? '–' : quantity(value, unit))
  return dataTable({
    caption: 'Response time with longer service times',
    columns: [
      { heading: 'percentile' },
      { heading: 'response time', align: 'right' },
      { heading: 'service time +5 %', align: 'right' },
      { heading: 'service time +20 %', align: 'right' },
    ],
    rows: all.map(({ percentile, estimate, serviceTimePlus5, serviceTimePlus20 }) => [
      `p${percentile}`,
      withRange(estimate, unit),
      longer(serviceTimePlus5),
      longer(serviceTimePlus20),
    ]),
  })
}
