import type { OverTimeAnswer } from '@loadpath/core'
import { count, quantity } from '../print/number.ts'
import { isHopeless } from '../print/verdict.ts'
import { type Backdrop, type Hue, type Line, type LineChart, lineChart } from './chart/line-chart.ts'
import { fromZero, logarithmic, overTime } from './chart/scales.ts'
import { durationLabels } from './chart/units.ts'
import type { Named } from './comparison.ts'
import { type CurveColumn, curveTable, lineOfCurve } from './curve.ts'
import { figure } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { responseCurves } from './over-time.ts'
import { below, type Place, section } from './place.ts'

const hues: readonly Hue[] = [1, 2, 3, 4, 5, 6]

interface Curves {
  readonly name: string
  readonly hue: Hue
  readonly found: OverTimeAnswer
  /** Whether its response times mean anything. */
  readonly hasTimes: boolean
}

/** Returns throughput and response time of each design over time, with the offered load behind the lines. */
export function comparisonOverTime(all: readonly Named[], place: Place): Markup {
  const curves = all.flatMap(({ name, answer }, i): Curves[] => {
    const found = answer.pictures?.overTime ?? null
    const hue = hues[i % hues.length] as Hue
    return found === null ? [] : [{ name, hue, found, hasTimes: !isHopeless(answer) }]
  })
  if (curves.length === 0) return nothing
  const inner = below(place)
  return section(place, 'Over time', [throughput(curves, inner), responseTimes(curves, inner)])
}

const requestsOf = ({ found }: Curves) => found.requests[0] as OverTimeAnswer['requests'][number]

function throughput(curves: readonly Curves[], place: Place): Markup {
  const lines = curves.map(
    (one): Line => lineOfCurve(one.found, requestsOf(one).throughputPerSecond, one.name, one.hue),
  )
  const loads = backdropsOf(curves)
  // Behind lines of the same unit the load must be on their scale.
  const most = highest(loads)
  return figure(place, {
    title: 'Throughput over time by design',
    summary: `${lines.map(({ name, points }) => `${name} up to ${quantity(highest([{ points }]), 'rate')}`).join(', ')}. Offered load up to ${quantity(most, 'rate')}.`,
    draw: (width) =>
      lineChart({
        ...axisOf(curves, width),
        lines,
        backdrops: loads,
        backdropTitle: loadSaid(loads, most),
        isBackdropOnAxis: true,
        y: (values, range) => fromZero([...values, most], range),
        yLabels: () => count,
        yTitle: 'requests/s',
      }),
    table: tables(curves, 'Throughput over time by design', (one) => [
      { heading: `${one.name}: offered`, curve: requestsOf(one).offeredPerSecond, measured: 'rate' },
      { heading: `${one.name}: throughput`, curve: requestsOf(one).throughputPerSecond, measured: 'rate' },
    ]),
  })
}

/** Draws the highest percentile that every design has, or the mean. */
function responseTimes(all: readonly Curves[], place: Place): Markup {
  const curves = all.filter(({ hasTimes }) => hasTimes)
  const given = curves.map(({ found }) => responseCurves(found))
  const measure = given[0]?.findLast(({ name }) => given.every((one) => one.some((other) => other.name === name)))?.name
  if (measure === undefined) return nothing
  const curveOf = (i: number) => given[i]?.find((one) => one.name === measure)?.curve
  const lines = curves.flatMap(({ name, hue, found }, i) => {
    const curve = curveOf(i)
    return curve === undefined ? [] : [lineOfCurve(found, curve, name, hue)]
  })
  const title = `${measure === 'mean' ? 'Mean response time' : `Response time ${measure}`} over time by design`
  const loads = backdropsOf(curves)
  return figure(place, {
    title,
    summary: `${lines.map(({ name, points }) => `${name} up to ${quantity(highest([{ points }]), 'duration')}`).join(', ')}.`,
    draw: (width) =>
      lineChart({
        ...axisOf(curves, width),
        lines,
        backdrops: loads,
        backdropTitle: loadSaid(loads, highest(loads)),
        y: logarithmic,
        yLabels: durationLabels,
        yTitle: `${measure} (log scale)`,
      }),
    note: 'The offered load is drawn behind the lines, from zero to its highest value.',
    table: tables(curves, title, (one, i) => {
      const curve = curveOf(i)
      const times =
        curve === undefined ? [] : [{ heading: `${one.name}: ${measure}`, curve, measured: 'duration' as const }]
      return [...times, { heading: `${one.name}: offered`, curve: requestsOf(one).offeredPerSecond, measured: 'rate' }]
    }),
  })
}

/** Returns one table if all designs have the same slices, else one a design. */
function tables(
  all: readonly Curves[],
  caption: string,
  columnsOf: (one: Curves, i: number) => readonly CurveColumn[],
): Markup {
  const [first] = all
  if (first === undefined) return nothing
  const edgesOf = ({ found }: Curves) => found.edgesMs.join()
  if (all.every((one) => edgesOf(one) === edgesOf(first))) {
    return curveTable(first.found, caption, all.flatMap(columnsOf))
  }
  return html`${all.map((one, i) => curveTable(one.found, `${caption}: ${one.name}`, columnsOf(one, i)))}`
}

/** Returns the offered load as one area if all designs have the same, else one a design. */
function backdropsOf(curves: readonly Curves[]): readonly Backdrop[] {
  const loads = curves.map((one): Backdrop => {
    const { points } = lineOfCurve(one.found, requestsOf(one).offeredPerSecond, '', one.hue)
    return { hue: one.hue, points }
  })
  const [first] = loads
  const isShared = loads.every(({ points }) => JSON.stringify(points) === JSON.stringify(first?.points))
  return isShared && first !== undefined ? [{ ...first, hue: 'faint' }] : loads
}

function loadSaid(loads: readonly Backdrop[], most: number): string {
  return `${loads.length === 1 ? 'grey area' : 'areas'}: offered load, up to ${quantity(most, 'rate')}`
}

function highest(all: readonly Pick<Backdrop, 'points'>[]): number {
  const values = all.flatMap(({ points }) => points.map(({ y }) => y ?? 0))
  return Math.max(0, ...values.filter((value) => Number.isFinite(value)))
}

/** Returns the time axis and the events of the first design. */
function axisOf(curves: readonly Curves[], width: number) {
  const endMs = Math.max(1, ...curves.map(({ found }) => found.edgesMs.at(-1) ?? 0))
  return {
    width,
    height: width < 600 ? 200 : 240,
    events: curves[0]?.found.events ?? [],
    x: (range: readonly [number, number]) => overTime(0, endMs, range, width < 600 ? 4 : 8),
    xLabels: durationLabels,
    xTitle: 'time from the start of the run',
  } satisfies Partial<LineChart>
}
