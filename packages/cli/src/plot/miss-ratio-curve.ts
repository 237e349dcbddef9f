import { html, Markup } from '../html/markup.ts'
import { missRatioChart } from '../html/miss-ratio-chart.ts'
import type { TraceCacheAnswer } from '../traces/answer.ts'

const width = 760
const margin = 16

/** The colours of the other plots, for what a chart consists of. */
const style = `
  .paper { fill: #ffffff } text { fill: #1f2328 } .axis text, .axis-title { fill: #59636e; font-size: 11px }
  .grid, .tick { stroke: #d1d9e0 } .base { stroke: #59636e }
  .line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round } .line.dashed { stroke-dasharray: 6 4 }
  .dot { fill: currentColor } .name { fill: currentColor; font-weight: 600 }
  .hue-1 { color: #0b5fa5 } .hue-2 { color: #b84a0e } .hue-3 { color: #00725a } .hue-4 { color: #8a3b8f }
  .hue-5 { color: #796000 } .hue-6 { color: #a81e5c } .hue-faint { color: #6b7178 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } text { fill: #f0f6fc } .axis text, .axis-title { fill: #9198a1 }
    .grid, .tick { stroke: #3d444d } .base { stroke: #9198a1 }
    .hue-1 { color: #77b7f2 } .hue-2 { color: #f5a06c } .hue-3 { color: #58d0a9 } .hue-4 { color: #d9a3e2 }
    .hue-5 { color: #dcc354 } .hue-6 { color: #f590bb } .hue-faint { color: #9aa1a9 }
    text.name { fill: currentColor }
  }
  text.name { fill: currentColor }`

/** The miss-ratio curve as an SVG that reads on light and dark pages. */
export function missRatioSvg(answer: TraceCacheAnswer): string {
  const chart = missRatioChart(answer, width - 2 * margin)
  const height = Math.ceil(chart.height) + 2 * margin
  const title = `${answer.trace.file}: miss ratio by size of the cache`
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${title}" font-family="system-ui, sans-serif" font-size="13">
<title>${title}</title>
<style>${new Markup(style)}
</style>
<rect class="paper" width="${width}" height="${height}" rx="6"/>
<g transform="translate(${margin} ${margin})">${chart.content}</g>
</svg>
`.text
}
