import { count } from '../print/number.ts'
import type { TraceCacheAnswer } from '../traces/answer.ts'
import { missRatioLines } from '../traces/lines.ts'
import { type Hue, type Line, lineChart } from './chart/line-chart.ts'
import { between, logarithmic } from './chart/scales.ts'
import { sizeLabels } from './chart/units.ts'
import type { Picture } from './figure.ts'

const hues = [1, 2, 3, 4, 5, 6] as const

/** Draws the miss ratio over cache size, a line a policy; the offline optimum is dashed. */
export function missRatioChart(answer: TraceCacheAnswer, width: number): Picture {
  const lines = missRatioLines(answer).map(({ name, points }, i): Line => {
    const isBound = answer.policies[i]?.needsFuture === true
    return {
      name,
      hue: isBound ? 'faint' : (hues[i % hues.length] as Hue),
      isDashed: isBound || i >= hues.length,
      points: points.map(({ size, missRatio }) => ({ x: size, y: missRatio * 100 })),
    }
  })
  const isBytes = answer.sizes[0]?.capacity.unit === 'bytes'
  return lineChart({
    width,
    height: 320,
    lines,
    x: (range) =>
      logarithmic(
        lines.flatMap(({ points }) => points.map(({ x }) => x)),
        range,
      ),
    y: (_values, range) => between(0, 100, range),
    xLabels: isBytes ? sizeLabels : () => count,
    yLabels: () => String,
    xTitle: isBytes ? 'cache size' : 'cache size, entries',
    yTitle: 'miss ratio, %',
    acrossX: true,
  })
}
