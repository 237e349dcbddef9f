import type { Answer, PercentileAnswer, PicturesAnswer } from '@loadpath/core'
import { briefly, known, withRange } from '../print/number.ts'
import { fewSaid, responseOf } from '../print/percentiles.ts'
import { type Hue, type Line, lineChart } from './chart/line-chart.ts'
import { byNines, logarithmic } from './chart/scales.ts'
import { dataTable } from './data-table.ts'
import { figure } from './figure.ts'
import { longerWork } from './longer-work.ts'
import type { Markup } from './markup.ts'
import { nothing } from './markup.ts'
import { below, type Place, section } from './place.ts'

export type Distribution = PicturesAnswer['distributions'][number]

const hues: readonly Hue[] = [1, 2, 3, 4, 5, 6]
const mostKinds = hues.length

/** How slow the slowest are, kind by kind, and how slow they would be with longer work. */
export function distribution(answer: Answer, place: Place): Markup {
  const all = answer.pictures?.distributions ?? []
  if (all.length === 0) return nothing
  const content = [
    distributionFigure(all, below(place), 'Response time by percentile'),
    longerWork(answer, below(place)),
  ]
  return section(place, 'How long it takes', content, saidOf(answer))
}

/** The middle and the tail, in words. */
function saidOf(answer: Answer): string {
  const { requests } = answer
  const said = (
    [
      ['Half of all requests are answered within', 50],
      ['99 in 100 within', 99],
    ] as const
  ).flatMap(([words, percentile]) => {
    const found = requests[0]?.percentiles.find((one) => one.percentile === percentile)
    const isKnown = found?.estimate.sufficient === true && Number.isFinite(found.estimate.point)
    return isKnown ? [`${words} ${responseOf(found)}`] : []
  })
  if (said.length > 0) return `${said.join('; ')}.`
  return ['There is not enough to say how long it takes.', ...fewSaid(answer)].join(' ')
}

/** One line a kind (or a design), percentile by percentile. */
export function distributionFigure(
  all: readonly Distribution[],
  place: Place,
  title: string,
  hasReference = false,
): Markup {
  const known99 = (one: Distribution) => one.percentiles.find(({ percentile }) => percentile === 99)?.estimate
  const summary = all
    .map((one) => {
      const estimate = known99(one)
      return `${one.name}: 99 in 100 within ${estimate === undefined ? 'unknown' : withRange(estimate, 'duration')}`
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
        xLabel: (percentile) => shareOf(percentile),
        yLabel: (ms) => known(ms, 'duration'),
        xTitle: 'of the requests are answered within this time',
        yTitle: 'response time, logarithmic',
        acrossX: true,
      }),
    note: noteOf(all, drawn),
    table: pointTable(all),
  })
}

/** All requests together, and the slowest kinds: more lines than colours nobody can tell apart. */
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

/** All requests together in the colour of text, where there are kinds beside them. */
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

/** How many of how many: what a percentile is in words. */
export function shareOf(percentile: number): string {
  if (percentile === 0) return 'none'
  if (percentile === 50) return 'half'
  const tries = Math.round(100 / (100 - percentile))
  return `${(tries - 1).toLocaleString('en')} in ${tries.toLocaleString('en')}`
}

function noteOf(all: readonly Distribution[], drawn: readonly Distribution[]): string {
  const isCut = all.some(({ percentiles }) => percentiles.some((one) => !isGiven(one)))
  const isUnanswered = all.some(({ percentiles }) =>
    percentiles.some(({ estimate }) => estimate.sufficient && estimate.point === Number.POSITIVE_INFINITY),
  )
  return [
    'Bands are 95 % confidence intervals.',
    ...(drawn.length < all.length
      ? [`Of ${all.length - 1} kinds the ${mostKinds} slowest are drawn; the table has all.`]
      : []),
    ...(isUnanswered
      ? ['A request that failed counts as slower than every answer: the line then rises to “not answered”.']
      : []),
    ...(isCut
      ? ['A line ends where too few requests lie beyond it, or too many have no answer yet, to say more.']
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
  if (found === undefined) return 'not enough'
  return found.estimate.sufficient
    ? withRange(found.estimate, 'duration')
    : briefly(found.estimate, 'duration').replace(/: .*/, '')
}
