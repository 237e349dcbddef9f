import type { Answer, BreakdownAnswer } from '@loadpath/core'
import { labelOf, percent, unitBeside, unitOfKinds, unitOfParts } from '../print/breakdown.ts'
import { count, estimate, quantity } from '../print/number.ts'
import { isHopeless } from '../print/verdict.ts'
import { px } from './chart/axes.ts'
import { fitted, textWidth } from './chart/labels.ts'
import { between } from './chart/scales.ts'
import { dataTable } from './data-table.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

/** In stacking order. */
export const activities = ['processing', 'waiting', 'network'] as const

export interface Row {
  readonly block: string
  readonly ms: number
  readonly share: number
  readonly parts: readonly { readonly activity: string; readonly ms: number }[]
}

/** Rows in the figure; the last one sums the smaller blocks. */
const mostRows = 12
const rowHeight = 30

/** Returns the mean response time split by block and activity. */
export function breakdown(answer: Answer, place: Place): Markup {
  const { requestsFollowed, meanMs, parts } = answer.breakdown
  if (requestsFollowed === 0 || parts.length === 0 || isHopeless(answer)) return nothing
  const rows = rowsOf(answer.breakdown)
  const [first] = rows
  if (first === undefined) return nothing
  const lead = `${first.block} accounts for ${percent(first.share)} of the mean response time of ${quantity(meanMs, 'duration')}.`
  const content = figure(below(place), {
    title: 'Mean response time by block',
    summary: `${rows.map((row) => `${row.block} ${quantity(row.ms, 'duration')}`).join(', ')}.`,
    draw: (width) => drawBars(rows, width),
    note: `The bars add up to the mean of ${count(requestsFollowed)} traced requests, a sample of those answered. Each is traced along its critical path.`,
    table: partTable(answer.breakdown),
  })
  const kinds = answer.breakdown.kinds.filter((kind) => kind.requestsFollowed > 0)
  return section(place, 'Response time breakdown', [content, kinds.length < 2 ? nothing : kindTable(kinds)], lead)
}

/** Returns one row a block, longest first. */
export function rowsOf({ parts, meanMs }: BreakdownAnswer): readonly Row[] {
  const blocks = [...new Set(parts.map(({ block }) => block))]
  const rows = blocks
    .map((block) =>
      rowOf(
        block,
        parts.filter((part) => part.block === block),
        meanMs,
      ),
    )
    .sort((a, b) => b.ms - a.ms)
  if (rows.length <= mostRows) return rows
  const rest = rows.slice(mostRows - 1)
  const together = parts.filter(({ block }) => rest.some((row) => row.block === block))
  return [...rows.slice(0, mostRows - 1), rowOf(`${rest.length} other blocks`, together, meanMs)]
}

/** Returns a row with its time by activity, in stacking order. */
export function rowOf(block: string, parts: BreakdownAnswer['parts'], meanMs: number): Row {
  const sum = (some: BreakdownAnswer['parts']) => some.reduce((total, { ms }) => total + ms, 0)
  const byActivity = activities.map((activity) => ({
    activity,
    ms: sum(parts.filter((part) => part.activity === activity)),
  }))
  const ms = sum(parts)
  return { block, ms, share: meanMs > 0 ? ms / meanMs : 0, parts: byActivity }
}

/** Draws one bar a row, stacked by activity. */
export function drawBars(rows: readonly Row[], width: number, hasShares = true): Picture {
  const isNarrow = width < 600
  const left = isNarrow ? 0 : Math.min(200, 12 + Math.max(...rows.map(({ block }) => textWidth(block))))
  const valueRoom = isNarrow ? 110 : 150
  const height = isNarrow ? rowHeight + 14 : rowHeight
  const top = 30
  const scale = between(0, Math.max(...rows.map(({ ms }) => ms)), [left, width - valueRoom])
  const content = rows.map((row, i) => {
    const y = top + i * height + (isNarrow ? 16 : 0)
    const name = isNarrow
      ? html`<text x="0" y="${y - 4}">${fitted(row.block, width)}</text>`
      : html`<text x="${px(left - 12)}" y="${y + 11}" dy="0.32em" text-anchor="end">${fitted(row.block, left - 12)}</text>`
    return html`${name}${barOf(row, scale, left, y, hasShares)}`
  })
  return { width, height: top + rows.length * height + 4, content: html`${key(left)}${content}` }
}

function barOf(
  { ms, share, parts }: Row,
  scale: (ms: number) => number,
  left: number,
  y: number,
  hasShare: boolean,
): Markup {
  let from = 0
  const bars = parts.map((part) => {
    const x = scale(from)
    from += part.ms
    const width = scale(from) - x
    return width <= 0
      ? nothing
      : html`<rect class="fill ${part.activity}" x="${px(x)}" y="${y}" width="${px(Math.max(width, 0.5))}" height="20"/>`
  })
  const end = Math.max(scale(ms), left)
  return html`${bars}<text class="strong" x="${px(end + 8)}" y="${y + 10}" dy="0.32em">${quantity(ms, 'duration')}${hasShare ? html`<tspan class="quiet" dx="6">${percent(share)}</tspan>` : null}</text>`
}

/** Draws the key: one swatch an activity. */
export function key(left: number): Markup {
  let x = left
  return html`${activities.map((activity) => {
    const at = x
    x += 22 + textWidth(activity) + 14
    return html`<rect class="fill ${activity}" x="${px(at)}" y="2" width="12" height="12"/><text x="${px(at + 18)}" y="8" dy="0.32em">${activity}</text>`
  })}`
}

/** Returns the mean of each kind of request with its three largest parts. */
function kindTable(kinds: BreakdownAnswer['kinds']): Markup {
  const unit = unitOfKinds(kinds)
  return dataTable({
    caption: 'Mean response time by kind of request',
    cards: true,
    columns: [{ heading: 'kind' }, { heading: 'mean response time', align: 'right' }, { heading: 'largest parts' }],
    rows: kinds.map(({ name, mean, meanMs, parts }) => [
      name,
      mean.sufficient ? estimate(mean, unit) : quantity(meanMs, unit),
      parts
        .slice(0, 3)
        .map(({ block, activity, note, share }) => `${block} ${note ?? activity} ${percent(share)}`)
        .join(', '),
    ]),
  })
}

function partTable(breakdown: BreakdownAnswer): Markup {
  const { parts, meanMs } = breakdown
  const unit = unitOfParts(breakdown)
  return dataTable({
    caption: 'Mean response time by block and activity',
    columns: [
      { heading: 'block' },
      { heading: 'activity' },
      { heading: 'time', align: 'right' },
      { heading: 'share', align: 'right' },
    ],
    rows: [
      ...parts.map((part) => [
        part.block,
        labelOf(part),
        quantity(part.ms, unitBeside(part, unit)),
        percent(part.share),
      ]),
      ['sum', '', quantity(meanMs, unit), percent(1)],
    ],
  })
}
