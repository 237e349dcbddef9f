import type { Answer, PercentileAnswer, PicturesAnswer } from '@loadpath/core'
import { briefly, withRange } from '../print/number.ts'
import { fewSaid, responseOf } from '../print/percentiles.ts'
import { isHopeless, timesWithheld } from '../print/verdict.ts'
import { type Hue, type Line, lineChart } from './chart/line-chart.ts'
import { byNines, logarithmic } from './chart/scales.ts'
import { durationLabels } from './chart/units.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { longerWork } from './longer-work.ts'
import { html, type Markup, nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

export type Distribution = PicturesAnswer['distributions'][number]

const hues: readonly Hue[] = [1, 2, 3, 4, 5, 6]
const mostKinds = hues.length

/** Returns response time percentiles by kind of request, and their values with longer service times. */
export function distribution(answer: Answer, place: Place): Markup {
  const all = answer.pictures?.distributions ?? []
  if (all.length === 0) return nothing
  const content = [
    distributionFigure(all, below(place), 'Response time by percentile'),
    longerWork(answer, below(place)),
  ]
  const lead = saidOf(answer)
  if (content.every((one) => one === nothing)) return section(place, 'Response time', [html`<p>${lead}</p>`])
  return section(place, 'Response time', content, lead)
}

/** Returns p50 and p99 in a sentence. */
function saidOf(answer: Answer): string {
  const { requests } = answer
  const said = [50, 99].flatMap((percentile) => {
    const found = requests[0]?.percentiles.find((one) => one.percentile === percentile)
    const isKnown = found?.estimate.sufficient === true && Number.isFinite(found.estimate.point)
    return isKnown ? [`p${percentile} is ${responseOf(found)}`] : []
  })
  if (said.length > 0) return `${said.join('; ')}.`
  if (isHopeless(answer)) return timesWithheld(requests)
  return ['There is insufficient data for p50 and p99.', ...fewSaid(answer)].join(' ')
}

/** Draws one line a kind of request (or a design) over percentiles. */
export function distributionFigure(
  all: readonly Distribution[],
  place: Place,
  title: string,
  hasReference = false,
): Markup {
  if (!all.some(({ percentiles }) => percentiles.some(isGiven))) return nothing
  const known99 = (one: Distribution) => one.percentiles.find(({ percentile }) => percentile === 99)?.estimate
  const summary = all
    .map((one) => {
      const estimate = known99(one)
      return `${one.name}: p99 ${estimate === undefined ? 'unknown' : withRange(estimate, 'duration')}`
    })
    .join('; ')
  const last = Math.max(
    90,
    ...all.flatMap(({ percentiles }) => percentiles.filter(isGiven).map((one) => one.percentile)),
  )
  const drawn = drawnOf(all)
  const lines = drawn.map((one, i) => ({ ...lineOf(one, hueOf(drawn, i)), isReference: hasReference && i === 0 }))
  return figure(place, {
    title,
    summary: `${summary}.`,
    draw: (width) =>
      lineChart({
        width,
        height: width < 600 ? 260 : 320,
        lines,
        x: (range) => byNines(range, last),
        y: logarithmic,
        xLabels: () => (percentile) => `p${percentile}`,
        yLabels: durationLabels,
        xTitle: 'percentile',
        yTitle: 'response time (log scale)',
        acrossX: true,
      }),
    note: noteOf(all, drawn),
    table: pointTable(all),
  })
}

/** Returns all requests together and the slowest kinds, at most one line a colour. */
function drawnOf(all: readonly Distribution[]): readonly Distribution[] {
  if (all[0]?.name !== 'all' || all.length <= mostKinds + 1) return all
  const tail = ({ percentiles }: Distribution) => {
    const found = percentiles.find(({ percentile }) => percentile === 90)?.estimate
    return found?.sufficient === true ? found.point : 0
  }
  const slowest = all.slice(1).sort((a, b) => tail(b) - tail(a) || (a.name < b.name ? -1 : 1))
  const kept = new Set(slowest.slice(0, mostKinds))
  return all.filter((one, i) => i === 0 || kept.has(one))
}

function isGiven({ estimate }: PercentileAnswer): boolean {
  return estimate.sufficient
}

/** Returns the colour of a line; all requests together take the colour of text if kinds are drawn too. */
function hueOf(all: readonly Distribution[], index: number): Hue {
  const hasWhole = all.length > 1 && all[0]?.name === 'all'
  if (hasWhole && index === 0) return 'ink'
  return hues[(hasWhole ? index - 1 : index) % hues.length] as Hue
}

function lineOf({ name, percentiles }: Distribution, hue: Hue): Line {
  const isWhole = hue === 'ink'
  const given = percentiles.filter(isGiven)
  const edge = (of: 'low' | 'high') => given.map(({ estimate }) => (estimate.sufficient ? estimate[of] : null))
  return {
    name: name === 'all' ? 'all requests' : name,
    hue,
    isDashed: isWhole,
    points: given.map(({ percentile, estimate }) => ({
      x: percentile,
      y: estimate.sufficient ? estimate.point : null,
    })),
    low: edge('low'),
    high: edge('high').map((value) => (value === Number.POSITIVE_INFINITY ? null : value)),
  }
}

function noteOf(all: readonly Distribution[], drawn: readonly Distribution[]): string {
  const isCut = all.some(({ percentiles }) => percentiles.some((one) => !isGiven(one)))
  const isUnanswered = all.some(({ percentiles }) =>
    percentiles.some(({ estimate }) => estimate.sufficient && estimate.point === Number.POSITIVE_INFINITY),
  )
  return [
    'Bands are 95 % confidence intervals.',
    ...(drawn.length < all.length
      ? [`The figure shows the ${mostKinds} slowest of ${all.length - 1} kinds; the table lists all.`]
      : []),
    ...(isUnanswered
      ? ['A failed request counts as slower than any answer: percentiles among failed requests are unanswered.']
      : []),
    ...(isCut
      ? ['A line ends where the data become insufficient: too few slower requests, or too many still in flight.']
      : []),
  ].join(' ')
}

function pointTable(all: readonly Distribution[]): Markup {
  const percentiles = all[0]?.percentiles.map(({ percentile }) => percentile) ?? []
  return dataTable({
    caption: 'Response time by percentile, with 95 % intervals',
    columns: [
      { heading: 'percentile' },
      ...all.map(({ name }) => ({ heading: name === 'all' ? 'all requests' : name, align: 'right' as const })),
    ],
    rows: percentiles.map((percentile, i) => [`p${percentile}`, ...all.map((one) => cellOf(one.percentiles[i]))]),
  })
}

function cellOf(found: PercentileAnswer | undefined): string {
  if (found === undefined) return 'insufficient data'
  return found.estimate.sufficient
    ? withRange(found.estimate, 'duration')
    : briefly(found.estimate, 'duration').replace(/: .*/, '')
}
