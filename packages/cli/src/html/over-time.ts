import type { Answer, CurveAnswer, OverTimeAnswer } from '@loadpath/core'
import { briefly, count, estimate, known, quantity, range } from '../print/number.ts'
import { tailOf } from '../print/percentiles.ts'
import { unitsOf } from '../print/phases.ts'
import { isHopeless } from '../print/verdict.ts'
import { blocksOverTime } from './blocks-over-time.ts'
import { type Line, lineChart } from './chart/line-chart.ts'
import { between, fromZero, logarithmic, overTime as timeAxis } from './chart/scales.ts'
import { durationLabels } from './chart/units.ts'
import { curveTable, lineOfCurve, withUnanswered } from './curve.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

/** Returns throughput, response time, utilization and queues over time, with events marked. */
export function overTime(answer: Answer, place: Place): Markup {
  const found = answer.pictures?.overTime ?? null
  const title = isHopeless(answer) ? 'Growing backlog' : 'Over time'
  if (found === null) {
    if (answer.run.kind === 'terminating') return section(place, title, [phaseTable(answer)])
    const why = `This run is steady-state (${answer.run.because}), so there is no plot over time.`
    return section(place, title, [html`<p>${why}</p>`])
  }
  const inner = below(place)
  const backlog = isHopeless(answer) ? [backlogFigure(found, answer, inner)] : []
  const content = [
    ...backlog,
    throughput(found, inner),
    isHopeless(answer) ? nothing : responseTimes(found, inner),
    availability(found, inner),
    blocksOverTime(found, answer, inner),
    phaseTable(answer),
  ]
  const many = `Lines are means over ${found.replications} replications in ${found.edgesMs.length - 1} time slices. Bands are 95 % confidence intervals for each slice.`
  return section(place, title, content, many)
}

/** Returns the time scale of a run. */
export function timeScale({ edgesMs }: OverTimeAnswer, marks: number) {
  return (place: readonly [number, number]) => timeAxis(edgesMs[0] ?? 0, edgesMs.at(-1) ?? 1, place, marks)
}

const whole = ({ requests }: OverTimeAnswer) => requests[0] as OverTimeAnswer['requests'][number]

function throughput(found: OverTimeAnswer, place: Place): Markup {
  const all = whole(found)
  const lines: readonly Line[] = [
    { ...lineOfCurve(found, all.offeredPerSecond, 'offered', 'ink'), isDashed: true },
    lineOfCurve(found, all.throughputPerSecond, 'throughput', 1),
  ]
  return figure(place, {
    title: 'Throughput over time',
    summary: `Offered load up to ${quantity(most(all.offeredPerSecond.point), 'rate')}, throughput up to ${quantity(most(all.throughputPerSecond.point), 'rate')}${eventsSaid(found)}.`,
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 180 : 200,
        lines,
        y: fromZero,
        yLabels: () => count,
        yTitle: 'requests/s',
      }),
    table: curveTable(found, 'Throughput over time', [
      { heading: 'offered', curve: all.offeredPerSecond, measured: 'rate' },
      { heading: 'throughput', curve: all.throughputPerSecond, measured: 'rate' },
    ]),
  })
}

/** Returns percentiles over time, or the mean if no slice has enough data for one. */
function responseTimes(found: OverTimeAnswer, place: Place): Markup {
  const given = responseCurves(found)
  if (given.length === 0) return nothing
  const lines = given.map(({ name, curve }, i) => lineOfCurve(found, curve, name, ([1, 2, 4] as const)[i] ?? 'ink'))
  return figure(place, {
    title: 'Response time over time',
    summary: `${given.map(({ name, curve }) => `${name} up to ${quantity(most(curve.point), 'duration')}`).join(', ')}${eventsSaid(found)}.`,
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 200 : 240,
        lines,
        y: logarithmic,
        yLabels: durationLabels,
        yTitle: 'response time by time of arrival (log scale)',
      }),
    note: 'A percentile is unanswered where it falls among requests that failed. A line has a gap where a slice has too few requests, or where too many were still in flight at the end.',
    table: curveTable(
      found,
      'Response time over time',
      [{ name: 'mean', curve: whole(found).mean }, ...given.filter(({ name }) => name !== 'mean')].map(
        ({ name, curve }) => ({ heading: name, curve, measured: 'duration' as const }),
      ),
    ),
  })
}

/** Returns the percentiles that some slice has, or else the mean, with unanswered slices marked. */
export function responseCurves(found: OverTimeAnswer): readonly { name: string; curve: CurveAnswer }[] {
  const all = whole(found)
  const isGiven = ({ curve }: { curve: CurveAnswer }) => curve.point.some((value) => value !== null)
  const percentiles = all.percentiles
    .map(({ percentile, curve }) => ({ name: `p${percentile}`, curve }))
    .filter(isGiven)
  const given = percentiles.length > 0 ? percentiles : [{ name: 'mean', curve: all.mean }].filter(isGiven)
  return given.map(({ name, curve }) => ({ name, curve: withUnanswered(curve, all.availability) }))
}

/** Returns the availability over time, or `nothing` if no request failed. */
function availability(found: OverTimeAnswer, place: Place): Markup {
  const { availability: curve } = whole(found)
  const least = Math.min(1, ...curve.point.filter((value) => value !== null))
  if (least > 0.9995) return nothing
  return figure(place, {
    title: 'Availability over time',
    summary: `Lowest ${quantity(least, 'share')}${eventsSaid(found)}.`,
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 130 : 140,
        lines: [lineOfCurve(found, curve, 'availability', 1)],
        y: (_, place) => between(Math.floor(Math.max(0, least - 0.02) * 10) / 10, 1, place, 4),
        yLabels: () => (value) => known(value, 'share'),
        yTitle: 'availability, by time of arrival',
      }),
    table: curveTable(found, 'Availability over time', [{ heading: 'availability', curve, measured: 'share' }]),
  })
}

function backlogFigure(found: OverTimeAnswer, { verdict }: Answer, place: Place): Markup {
  const overloaded = verdict.overloads.map(({ block }) => block)
  const shown = found.blocks.filter(({ name }) => overloaded.includes(name))
  const lines = shown.map(({ name, inFlight }, i) =>
    lineOfCurve(found, inFlight, name, ([2, 4, 3, 5] as const)[i % 4] ?? 2),
  )
  return figure(place, {
    title: 'Calls in flight',
    summary: verdict.overloads
      .map((one) => `The backlog of ${one.block} grows by ${quantity(one.growsPerSecond, 'rate')}.`)
      .join(' '),
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 200 : 240,
        lines,
        y: fromZero,
        yLabels: () => count,
        yTitle: 'calls in flight',
      }),
    table: curveTable(
      found,
      'Calls in flight over time',
      shown.map(({ name, inFlight }) => ({ heading: name, curve: inFlight, measured: 'factor' })),
    ),
  })
}

/** Returns the time axis that all figures over time share. */
function axisOfTime(found: OverTimeAnswer, width: number) {
  return {
    width,
    events: found.events,
    x: timeScale(found, width < 600 ? 4 : 8),
    xLabels: durationLabels,
    nameRoom: width < 600 ? 8 : 110,
    xTitle: 'time from the start of the run',
  }
}

function most(values: readonly (number | null)[]): number {
  return Math.max(0, ...values.filter((value) => value !== null && Number.isFinite(value)).map(Number))
}

function eventsSaid({ events }: OverTimeAnswer): string {
  if (events.length === 0) return ''
  const said = events.slice(0, 6).map(({ atMs, label }) => `${label} at ${known(atMs, 'duration')}`)
  return `. Events: ${said.join(', ')}${events.length > 6 ? ` and ${events.length - 6} more` : ''}`
}

function phaseTable({ phases }: Answer): Markup {
  if (phases.length < 2) return nothing
  const ends = phases.some(({ wellAgain }) => wellAgain !== undefined)
  const headings = ['phase', 'time', 'throughput', 'availability', 'mean response time', 'p99']
  const units = unitsOf(phases)
  return dataTable({
    caption: 'Phases before, during and after each event',
    cards: true,
    columns: [...headings, ...(ends ? ['well again'] : [])].map((heading, i) =>
      i < 2 ? { heading } : { heading, align: 'right' },
    ),
    rows: phases.map(({ label, fromMs, toMs, requests, wellAgain }) => {
      const tail = tailOf(requests, units.tail)
      return [
        label,
        range(fromMs, toMs, units.time),
        estimate(requests.throughputPerSecond, 'rate'),
        briefly(requests.availability, 'share'),
        estimate(requests.mean, units.mean),
        tail === '' ? '–' : tail,
        ...(ends ? [wellAgain === undefined ? '–' : estimate(wellAgain, units.wellAgain)] : []),
      ]
    }),
  })
}
