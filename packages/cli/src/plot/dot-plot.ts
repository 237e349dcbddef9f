import type { Estimate } from '@loadpath/core'
import { scaleLinear, scaleLog } from 'd3-scale'
import { estimate as inWords, known, type Measured } from '../print/number.ts'
import { tie } from '../print/width.ts'

/** One number that was measured, with its interval. */
export interface Dot {
  readonly label: string
  readonly estimate: Estimate
  /** What was promised of it: a stroke in its row each. */
  readonly bounds: readonly number[]
}

/** Numbers of the same kind on one axis. */
export interface Panel {
  readonly measured: Measured
  readonly dots: readonly Dot[]
}

const width = 760
const rowHeight = 26
const axisHeight = 34
const margin = 16
/** Width of a letter of 13 px, about; text cannot be measured here. */
const letter = 7.1
/** From this ratio on, small numbers would not be seen on a straight axis. */
const farApart = 25

const style = `
  .paper { fill: #ffffff } .text { fill: #1f2328 } .quiet { fill: #59636e } .grid { stroke: #d1d9e0 }
  .mark { fill: #0969da; stroke: #0969da } .bound { stroke: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } .text { fill: #f0f6fc } .quiet { fill: #9198a1 } .grid { stroke: #3d444d }
    .mark { fill: #4493f8; stroke: #4493f8 } .bound { stroke: #f0883e }
  }`

/** Dots with their intervals, a row each, as an SVG that reads on light and dark pages. */
export function dotPlot(title: string, panels: readonly Panel[]): string {
  const heights = panels.map(({ dots }) => dots.length * rowHeight + axisHeight)
  const height = heights.reduce((sum, one) => sum + one, 0) + 2 * margin - 10
  const dots = panels.flatMap((panel) => panel.dots.map((dot) => ({ ...dot, said: saidOf(dot, panel.measured) })))
  const labels = widest(dots.map(({ label }) => label)) + margin
  const values = widest(dots.map(({ said }) => said)) + margin
  let top = margin
  const drawn = panels.map((panel, i) => {
    const lines = drawPanel(panel, top, { from: labels + 14, to: width - values - 14 })
    top += heights[i] as number
    return lines
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeText(title)}" font-family="system-ui, sans-serif" font-size="13">
<title>${escapeText(title)}</title>
<style>${style}
</style>
<rect class="paper" width="${width}" height="${height}" rx="6"/>
${drawn.flat().join('\n')}
</svg>
`
}

function drawPanel({ measured, dots }: Panel, top: number, { from, to }: { from: number; to: number }): string[] {
  const ends = dots.flatMap(({ estimate }) =>
    estimate.sufficient ? [estimate.point, estimate.low, estimate.high] : [],
  )
  const numbers = [...ends, ...dots.flatMap(({ bounds }) => bounds)].filter(Number.isFinite)
  const x = scaleFor(numbers, measured, from, to)
  const bottom = top + dots.length * rowHeight
  const lines: string[] = []
  for (const tick of ticksOf(x)) {
    const at = round(x(tick))
    lines.push(
      `<line class="grid" x1="${at}" x2="${at}" y1="${top}" y2="${bottom}"/>`,
      `<text class="quiet" x="${at}" y="${bottom + 16}" text-anchor="middle" font-size="11">${plainText(known(tick, measured))}</text>`,
    )
  }
  dots.forEach((dot, row) => {
    lines.push(...drawDot(dot, measured, top + (row + 0.5) * rowHeight, x, { from, to }))
  })
  return lines
}

function drawDot(
  dot: Dot,
  measured: Measured,
  y: number,
  x: (value: number) => number,
  { from, to }: { from: number; to: number },
): string[] {
  const { estimate } = dot
  const texts = [
    `<text class="text" x="${from - 14}" y="${y + 4}" text-anchor="end">${escapeText(dot.label)}</text>`,
    `<text class="quiet" x="${to + 14}" y="${y + 4}">${plainText(saidOf(dot, measured))}</text>`,
  ]
  for (const bound of dot.bounds) {
    const at = round(x(bound))
    texts.push(`<line class="bound" x1="${at}" x2="${at}" y1="${y - 10}" y2="${y + 10}" stroke-width="2"/>`)
  }
  if (!estimate.sufficient) return texts
  const within = (value: number) => round(Math.min(to, Math.max(from, Number.isFinite(value) ? x(value) : to)))
  const [low, point, high] = [within(estimate.low), within(estimate.point), within(estimate.high)]
  if (!Number.isFinite(estimate.point)) {
    return [...texts, `<path class="mark" d="M${to - 12} ${y - 5}L${to} ${y}L${to - 12} ${y + 5}Z"/>`]
  }
  return [
    ...texts,
    `<line class="mark" x1="${low}" x2="${high}" y1="${y}" y2="${y}" stroke-width="2"/>`,
    `<circle class="mark" cx="${point}" cy="${y}" r="4.5"/>`,
  ]
}

type Scale = ReturnType<typeof scaleLinear<number, number>> | ReturnType<typeof scaleLog<number, number>>

function scaleFor(numbers: readonly number[], measured: Measured, from: number, to: number): Scale {
  const largest = Math.max(...numbers, 1e-9)
  const smallest = Math.min(...numbers, largest)
  if (measured !== 'share' && smallest > 0 && largest / smallest > farApart) {
    return scaleLog()
      .domain([smallest * 0.8, largest * 1.25])
      .range([from, to])
  }
  const isNarrow = measured === 'share' && smallest > 0.8
  return scaleLinear()
    .domain([isNarrow ? smallest - (1 - smallest) * 0.3 : Math.min(0, smallest), isNarrow ? 1 : largest])
    .nice(5)
    .range([from, to])
}

/** Round numbers on the axis: of a logarithmic one the powers of ten, and halves between them where these are few. */
function ticksOf(x: Scale): readonly number[] {
  if (!('base' in x)) return x.ticks(4)
  const leading = (value: number) => Number(value.toExponential(0)[0])
  const all = x.ticks(20)
  const powers = all.filter((value) => leading(value) === 1)
  return powers.length > 2 ? powers : all.filter((value) => [1, 3].includes(leading(value)))
}

function saidOf({ estimate }: Dot, measured: Measured): string {
  return estimate.sufficient ? inWords(estimate, measured) : 'not enough observations'
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map((one) => one.length)) * letter
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function plainText(said: string): string {
  return escapeText(said.replaceAll(tie, '\u00a0'))
}

function escapeText(said: string): string {
  return said.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}
