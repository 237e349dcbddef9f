import type { Comparison, MeasureDifference } from '@loadpath/core'
import { scaleLog } from 'd3-scale'
import { besideOneAnother, change } from '../print/number.ts'
import { listed } from '../print/page.ts'
import { type Frame, horizontalAxis, px } from './chart/axes.ts'
import { fitted, textWidth } from './chart/labels.ts'
import type { Scale } from './chart/scales.ts'
import type { Named } from './comparison.ts'
import { dataTable } from './data-table.ts'
import { figure, type Picture } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

const note =
  'Designs are compared with common random numbers: the same requests at the same times. A difference is not significant if its 95 % confidence interval contains zero.'

/** Tick marks of the ratio scale. */
const factors = [0.01, 0.1, 0.2, 0.5, 0.8, 0.9, 1, 1.1, 1.25, 2, 5, 10, 100, 1000, 10_000] as const

/** Returns the significant differences of each later design, a sentence each. */
export function differencesSaid({ differences: found }: Comparison, all: readonly Named[]): Markup {
  const said = found.map(({ measures }, i) => {
    const [first, one] = [all[0], all[i + 1]]
    if (first === undefined || one === undefined) return nothing
    const differing = measures.length === 0 ? `no differences, because ${notCarried(all, i)}` : significantOf(measures)
    return html`<p class="sentence"><b>${one.name}</b> against ${first.name}: ${objectivesSaid(first, one)}${differing}.</p>`
  })
  return html`<div class="verdict compared"><p class="word">Significant differences</p>${said}</div>`
}

function significantOf(measures: readonly MeasureDifference[]): string {
  const significant = measures.filter(({ verdict }) => verdict !== 'not significant')
  if (significant.length === 0) return 'no significant difference'
  return listed(significant.map(({ measure, dimension, difference }) => `${measure} ${change(difference, dimension)}`))
}

/** Returns how many objectives the design and the first design meet. */
function objectivesSaid(first: Named, one: Named): string {
  const met = ({ answer }: Named) => answer.objectives.filter(({ verdict }) => verdict === 'met').length
  const of = one.answer.objectives.length
  if (of === 0 || first.answer.objectives.length === 0) return ''
  const said = `meets ${met(one)} of ${of} objectives`
  if (met(one) === met(first)) return `${said}, as many as ${first.name}; `
  return `${said} (${first.name} ${met(first)} of ${first.answer.objectives.length}); `
}

function notCarried(all: readonly Named[], i: number): string {
  const overloaded = [all[0], all[i + 1]].filter((one) => one?.answer.verdict.outcome === 'overloaded')
  const names = overloaded.map((one) => one?.name ?? '')
  return names.length === 0
    ? 'one of the designs does not carry the load'
    : `${listed(names)} ${names.length === 1 ? 'is' : 'are'} overloaded`
}

/** Returns the differences of each later design from the first, measure by measure. */
export function differences(all: readonly Named[], place: Place, { differences: found }: Comparison): Markup {
  const first = all[0]?.name ?? ''
  const pictures = found.map(({ measures }, i) => {
    const name = all[i + 1]?.name ?? ''
    return measures.length === 0 ? nothing : differenceFigure(first, name, measures, below(place))
  })
  return section(place, 'Differences', pictures, note)
}

function differenceFigure(first: string, name: string, measures: readonly MeasureDifference[], place: Place): Markup {
  const said = measures.map(
    ({ measure, dimension, difference, verdict }) => `${measure} ${change(difference, dimension)}, ${verdict}`,
  )
  return figure(place, {
    title: `${name} against ${first}`,
    summary: `${said.join('; ')}.`,
    draw: (width) => draw(first, measures, width),
    table: dataTable({
      caption: `${name} against ${first}, measure by measure`,
      cards: true,
      columns: ['measure', first, name, 'difference', 'significance'].map((heading, i) =>
        i === 0 || i === 4 ? { heading } : { heading, align: 'right' },
      ),
      rows: measures.map(({ measure, dimension, first: one, second, difference, verdict }) => [
        measure,
        ...besideOneAnother([one, second], difference, dimension),
        change(difference, dimension),
        verdict,
      ]),
    }),
  })
}

/** A ratio with its interval. */
interface Relative {
  readonly low: number
  readonly point: number
  readonly high: number
}

/** Returns the ratio of the second value to the first, or null if it is undefined. */
export function timesFirst({ first, difference }: MeasureDifference): Relative | null {
  if (!difference.sufficient || !Number.isFinite(difference.point) || first === null || !(first > 0)) return null
  const of = (change: number) => Math.max(0, 1 + change / first)
  return { low: of(difference.low), point: of(difference.point), high: of(difference.high) }
}

function draw(first: string, measures: readonly MeasureDifference[], width: number): Picture {
  const isNarrow = width < 600
  const words = measures.map(textOf)
  const left = isNarrow ? 8 : 16 + Math.max(...measures.map(({ measure }) => textWidth(measure)))
  const room = isNarrow ? 8 : Math.min(280, Math.max(...words.map((text) => textWidth(text)))) + 16
  const pitch = isNarrow ? 46 : 32
  const top = 8
  const frame: Frame = { left, right: width - room, top, bottom: top + measures.length * pitch }
  const scale = factorScale(measures, frame)
  const rows = measures.map((one, i) => {
    const y = top + i * pitch + (isNarrow ? 34 : pitch / 2)
    const name = isNarrow
      ? html`<rect class="plate" x="0" y="${y - 30}" width="${width}" height="20"/><text x="0" y="${y - 16}">${one.measure} <tspan class="quiet">${fitted(words[i] as string, width - textWidth(one.measure) - 12)}</tspan></text>`
      : html`<text x="${px(left - 12)}" y="${y}" dy="0.32em" text-anchor="end">${one.measure}</text><text x="${px(frame.right + 16)}" y="${y}" dy="0.32em">${fitted(words[i] as string, room - 16)}</text>`
    return html`${name}${markOf(one, y, scale)}`
  })
  const zero = px(scale(1))
  const axis = horizontalAxis(scale, frame, () => timesWord, true)
  return {
    width,
    height: frame.bottom + 40,
    content: html`${axis}<line class="base" x1="${zero}" x2="${zero}" y1="${top}" y2="${frame.bottom}"/><text class="axis-title" x="${px(frame.right)}" y="${frame.bottom + 34}" text-anchor="end">times ${first}</text>${rows}`,
  }
}

function textOf({ dimension, difference, verdict }: MeasureDifference): string {
  if (difference.sufficient && difference.low === 0 && difference.high === 0) return 'no difference'
  const text = change(difference, dimension)
  return verdict === 'not significant' && difference.sufficient ? `${text}, not significant` : text
}

function markOf(one: MeasureDifference, y: number, scale: Scale): Markup {
  const found = timesFirst(one)
  if (found === null) return nothing
  const look = one.verdict === 'not significant' ? 'faint' : '1'
  const ends = Number.isFinite(found.low) && Number.isFinite(found.high)
  const interval = ends
    ? html`<line class="line hue-${look}" x1="${px(scale(found.low))}" x2="${px(scale(found.high))}" y1="${y}" y2="${y}"/>`
    : nothing
  return html`${interval}<circle class="dot hue-${look}" cx="${px(scale(found.point))}" cy="${y}" r="5"/>`
}

/** Returns a logarithmic scale over all ratios, at least from 0.9 to 1.1. */
function factorScale(measures: readonly MeasureDifference[], { left, right }: Frame): Scale {
  const values = measures
    .flatMap((one) => Object.values(timesFirst(one) ?? {}) as number[])
    .filter((value) => Number.isFinite(value) && value > 0)
  const low = Math.max(0.01, Math.min(0.9, ...values))
  const high = Math.min(10_000, Math.max(1.1, ...values))
  const scale = scaleLog([low, high], [left, right]).clamp(true)
  const isWide = high / low > 4
  const ticks = factors.filter((mark) => mark >= low * 0.999 && mark <= high * 1.001 && !(isWide && isClose(mark)))
  return Object.assign((value: number) => scale(Math.max(value, low)), { ticks })
}

/** Tells whether a mark is too close to 1 for a wide scale. */
function isClose(factor: number): boolean {
  return factor !== 1 && factor > 0.7 && factor < 1.5
}

function timesWord(factor: number): string {
  return `${factor.toLocaleString('en')}×`
}
