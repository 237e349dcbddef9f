import type { Answer, OverTimeAnswer } from '@loadpath/core'
import { briefly, estimate, known, quantity, range } from '../print/number.ts'
import { tailOf } from '../print/percentiles.ts'
import { isHopeless } from '../print/verdict.ts'
import { blocksOverTime } from './blocks-over-time.ts'
import { type Line, lineChart } from './chart/line-chart.ts'
import { between, fromZero, logarithmic } from './chart/scales.ts'
import { curveTable, lineOfCurve } from './curve.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

/** What happened when: throughput, response time, use and queues, with the events marked. */
export function overTime(answer: Answer, place: Place): Markup {
  const found = answer.pictures?.overTime ?? null
  const title = isHopeless(answer) ? 'The growing backlog' : 'Over time'
  if (found === null) {
    if (answer.run.kind === 'terminating') return section(place, title, [phaseTable(answer)])
    const why =
      'There is no picture over time: this is a steady run. Nothing in the design depends on the time of day, so its replications wander around the averages above and nothing else; the interval of each average says how far.'
    return section(place, title, [html`<p>${why}</p>`])
  }
  const inner = below(place)
  const backlog = isHopeless(answer) ? [backlogFigure(found, answer, inner)] : []
  const content = [
    ...backlog,
    throughput(found, inner),
    responseTimes(found, inner),
    availability(found, inner),
    blocksOverTime(found, answer, inner),
    phaseTable(answer),
  ]
  const many = `Lines are means over ${found.replications} replications in ${found.edgesMs.length - 1} slices of time; bands are 95 % confidence intervals at each moment.`
  return section(place, title, content, many)
}

/** The scale of time of a run. */
export function timeScale({ edgesMs }: OverTimeAnswer, marks: number) {
  return (place: readonly [number, number]) => between(edgesMs[0] ?? 0, edgesMs.at(-1) ?? 1, place, marks)
}

const whole = ({ requests }: OverTimeAnswer) => requests[0] as OverTimeAnswer['requests'][number]

function throughput(found: OverTimeAnswer, place: Place): Markup {
  const all = whole(found)
  const lines: readonly Line[] = [
    { ...lineOfCurve(found, all.offeredPerSecond, 'offered', 'ink'), isDashed: true },
    lineOfCurve(found, all.throughputPerSecond, 'answered', 1),
  ]
  return figure(place, {
    title: 'Requests per second',
    summary: `Offered at most ${quantity(most(all.offeredPerSecond.point), 'rate')}, answered at most ${quantity(most(all.throughputPerSecond.point), 'rate')}${eventsSaid(found)}.`,
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 180 : 200,
        lines,
        y: fromZero,
        yLabel: (value) => value.toLocaleString('en'),
        yTitle: 'requests/s',
      }),
    table: curveTable(found, 'Requests per second over time', [
      { heading: 'offered', curve: all.offeredPerSecond, measured: 'rate' },
      { heading: 'answered', curve: all.throughputPerSecond, measured: 'rate' },
    ]),
  })
}

function responseTimes(found: OverTimeAnswer, place: Place): Markup {
  const all = whole(found)
  const given = all.percentiles.filter(({ curve }) => curve.point.some((value) => value !== null))
  if (given.length === 0) return nothing
  const lines = given.map(({ percentile, curve }, i) =>
    lineOfCurve(found, curve, `p${percentile}`, ([1, 2, 4] as const)[i] ?? 'ink'),
  )
  return figure(place, {
    title: 'Response time, by the time of arrival',
    summary: `${given.map(({ percentile, curve }) => `p${percentile} at most ${quantity(most(curve.point), 'duration')}`).join(', ')}${eventsSaid(found)}.`,
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 200 : 240,
        lines,
        y: logarithmic,
        yLabel: (ms) => known(ms, 'duration'),
        yTitle: 'response time, logarithmic',
      }),
    note: 'A line has a gap where too few requests arrived to tell a percentile, or where it falls among those without an answer when the run ended.',
    table: curveTable(found, 'Response time over time', [
      { heading: 'mean', curve: all.mean, measured: 'duration' },
      ...given.map(({ percentile, curve }) => ({ heading: `p${percentile}`, curve, measured: 'duration' as const })),
    ]),
  })
}

/** Only where something failed. */
function availability(found: OverTimeAnswer, place: Place): Markup {
  const { availability: curve } = whole(found)
  const least = Math.min(1, ...curve.point.filter((value) => value !== null))
  if (least > 0.9995) return nothing
  return figure(place, {
    title: 'Share answered in time, by the time of arrival',
    summary: `At worst ${quantity(least, 'share')}${eventsSaid(found)}.`,
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 130 : 140,
        lines: [lineOfCurve(found, curve, 'available', 1)],
        y: (_, place) => between(Math.floor(Math.max(0, least - 0.02) * 10) / 10, 1, place, 4),
        yLabel: (value) => known(value, 'share'),
        yTitle: 'share of the requests offered',
      }),
    table: curveTable(found, 'Availability over time', [{ heading: 'available', curve, measured: 'share' }]),
  })
}

function backlogFigure(found: OverTimeAnswer, { verdict }: Answer, place: Place): Markup {
  const guilty = verdict.overloads.map(({ block }) => block)
  const shown = found.blocks.filter(({ name }) => guilty.includes(name))
  const lines = shown.map(({ name, inFlight: inside }, i) =>
    lineOfCurve(found, inside, name, ([2, 4, 3, 5] as const)[i % 4] ?? 2),
  )
  return figure(place, {
    title: 'Calls inside, waiting or in work',
    summary: verdict.overloads.map((one) => `${one.block} grows by ${quantity(one.growsPerSecond, 'rate')}`).join(', '),
    draw: (width) =>
      lineChart({
        ...axisOfTime(found, width),
        height: width < 600 ? 200 : 240,
        lines,
        y: fromZero,
        yLabel: (value) => value.toLocaleString('en'),
        yTitle: 'calls inside',
      }),
    table: curveTable(
      found,
      'Calls inside over time',
      shown.map(({ name, inFlight: inside }) => ({ heading: name, curve: inside, measured: 'factor' })),
    ),
  })
}

/** What all pictures over time have in common. */
function axisOfTime(found: OverTimeAnswer, width: number) {
  return {
    width,
    events: found.events,
    x: timeScale(found, width < 600 ? 4 : 8),
    xLabel: (ms: number) => (ms === 0 ? '0' : known(ms, 'duration')),
    nameRoom: width < 600 ? 8 : 110,
    xTitle: 'time since the start of the run',
  }
}

function most(values: readonly (number | null)[]): number {
  return Math.max(0, ...values.filter((value) => value !== null))
}

function eventsSaid({ events }: OverTimeAnswer): string {
  if (events.length === 0) return ''
  const said = events.slice(0, 6).map(({ atMs, label }) => `${label} at ${known(atMs, 'duration')}`)
  return `. Events: ${said.join(', ')}${events.length > 6 ? ` and ${events.length - 6} more` : ''}`
}

function phaseTable({ phases }: Answer): Markup {
  if (phases.length < 2) return nothing
  return dataTable({
    caption: 'Before, during and after each event',
    cards: true,
    columns: ['what', 'when', 'answered', 'available', 'mean response', '99 in 100 within'].map((heading, i) =>
      i < 2 ? { heading } : { heading, align: 'right' },
    ),
    rows: phases.map(({ label, fromMs, toMs, requests }) => {
      const tail = tailOf(requests)
      return [
        label,
        range(fromMs, toMs, 'duration'),
        estimate(requests.throughputPerSecond, 'rate'),
        briefly(requests.availability, 'share'),
        estimate(requests.mean, 'duration'),
        tail === '' ? '–' : tail,
      ]
    }),
  })
}
