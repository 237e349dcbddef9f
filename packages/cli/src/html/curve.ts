import type { CurveAnswer, OverTimeAnswer } from '@loadpath/core'
import { estimate, inOneUnit, type Measured, quantity, range } from '../print/number.ts'
import type { Hue, Line } from './chart/line-chart.ts'
import { dataTable } from './data-table.ts'
import type { Markup } from './markup.ts'

/** Marks the slices as unanswered (Infinity) that have no value because none of their requests was answered. */
export function withUnanswered(curve: CurveAnswer, availability: CurveAnswer): CurveAnswer {
  const point = curve.point.map((value, i) =>
    value === null && availability.point[i] === 0 ? Number.POSITIVE_INFINITY : value,
  )
  return { ...curve, point }
}

/** Returns a line with its band; each point is at the middle of its slice. */
export function lineOfCurve({ edgesMs }: OverTimeAnswer, curve: CurveAnswer, name: string, hue: Hue): Line {
  const points = curve.point.map((y, i) => ({ x: ((edgesMs[i] as number) + (edgesMs[i + 1] as number)) / 2, y }))
  const finite = (values: readonly (number | null)[]) =>
    values.map((value) => (value === null || !Number.isFinite(value) ? null : value))
  return {
    name,
    hue,
    points,
    low: finite(curve.low).map((value) => (value === null ? null : Math.max(0, value))),
    high: finite(curve.high),
  }
}

export interface CurveColumn {
  readonly heading: string
  readonly curve: CurveAnswer
  readonly measured: Measured
}

/** Returns a table of curves, a row a slice. */
export function curveTable(
  { edgesMs, replications }: OverTimeAnswer,
  caption: string,
  columns: readonly CurveColumn[],
): Markup {
  // Columns of durations are percentiles of the same requests, which are compared with one another.
  const durationUnit = inOneUnit(columns.flatMap(({ curve, measured }) => (measured === 'duration' ? curve.point : [])))
  const cell = ({ curve, measured: dimension }: CurveColumn, i: number) => {
    const measured = dimension === 'duration' ? durationUnit : dimension
    const [point, low, high] = [curve.point[i] ?? null, curve.low[i] ?? null, curve.high[i] ?? null]
    if (point === Number.POSITIVE_INFINITY && low === null) return quantity(point, measured)
    if (point === null || low === null || high === null) return '–'
    return estimate({ sufficient: true, point, low, high, confidence: 0.95, replications }, measured)
  }
  return dataTable({
    caption,
    columns: [{ heading: 'time' }, ...columns.map(({ heading }) => ({ heading, align: 'right' as const }))],
    rows: edgesMs
      .slice(1)
      .map((toMs, i) => [range(edgesMs[i] as number, toMs, 'duration'), ...columns.map((column) => cell(column, i))]),
  })
}
