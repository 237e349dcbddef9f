import type { CapacityAnswer, CapacityPoint } from '@loadpath/core'
import { phaseSaid } from './bottleneck.ts'
import { quantity } from './number.ts'
import { measuredOf } from './objectives.ts'
import { listed, type Page, plural, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** The largest load at which a design meets its objectives, and the objective that is missed first. */
export function printCapacity(answer: CapacityAnswer, page: Page): string[][] {
  const { design, variant, nextAbove, nextBelow } = answer
  const name = variant === undefined ? safe(design) : `${safe(design)}, ${safe(variant)}`
  return [
    [page.colours.heading(name)],
    prose(sentenceOf(answer), page, { indent: 0, paint: page.colours.strong }),
    nextAbove === null ? [] : section('Above this load', prose(reasonOf(nextAbove), page), page),
    nextBelow?.outcome !== 'misses' ? [] : section('Below this load', prose(reasonOf(nextBelow), page), page),
    answer.points.length === 0 ? [] : section('Loads tried', pointsTable(answer, page), page),
    footer(answer, page),
  ]
}

function sentenceOf(answer: CapacityAnswer): string {
  const { criterion, holdsFrom, holdsAt, nextBelow, nextAbove, interrupted } = answer
  const keeps = criterion === 'objectives' ? 'meets its objectives' : 'carries the load'
  const cut = interrupted ? 'Interrupted. So far: ' : ''
  if (holdsAt === null || holdsFrom === null) return cut + nowhere(answer)
  const open = interrupted ? ', and perhaps above' : ', the largest load tried'
  const upper = nextAbove === null ? open : afterwards(nextAbove, criterion)
  const about = [holdsAt, nextAbove].every((point) => point === null || point.certain) ? '' : 'about '
  if (nextBelow === null || nextBelow.outcome === 'inconclusive') {
    if (nextAbove === null && !interrupted) return capital(`${keeps} at every load tried, up to ${load(holdsAt)}.`)
    return cut + capital(`${keeps} up to ${about}${load(holdsAt)}${upper}.`)
  }
  return cut + capital(`${keeps} from ${load(holdsFrom)}, to ${about}${load(holdsAt)}${upper}.`)
}

/** The result at the next load above the largest that holds. */
function afterwards(point: CapacityPoint, criterion: CapacityAnswer['criterion']): string {
  const { users, batch, offeredPerSecond } = point
  const requests = batch !== null && offeredPerSecond === null ? plural(batch, 'request') : times(point)
  const at = users === null ? requests : plural(users, 'user')
  const results = { holds: 'holds', misses: missSaid(point, criterion), inconclusive: 'inconclusive' }
  return `; ${results[point.outcome]} at ${at}`
}

/** How a load misses, in the words of the table of loads. */
function missSaid({ overloads }: CapacityPoint, criterion: CapacityAnswer['criterion']): string {
  if (overloads.length > 0) return 'overloaded'
  return criterion === 'objectives' ? 'misses an objective' : 'does not carry the load'
}

/** The result of a search that found no load that holds. */
function nowhere({ criterion, points, interrupted }: CapacityAnswer): string {
  const misses = criterion === 'objectives' ? 'misses an objective' : 'does not carry the load'
  const [least, greatest] = [points[0], points.at(-1)]
  if (least === undefined || greatest === undefined) return 'No load was tried to its end.'
  const open = points.filter(({ outcome }) => outcome === 'inconclusive')
  if (open.length > 0) {
    const at = listed(open.slice(0, 3).map(times))
    return `No load tried holds; inconclusive at ${at} its load.`
  }
  if (interrupted) return capital(`${misses} at every load tried so far.`)
  const range = points.length === 1 ? times(least) : `${times(least)} to ${times(greatest)}`
  return capital(`${misses} at every load tried, ${range} its load.`)
}

function load(point: CapacityPoint): string {
  const { users, batch, offeredPerSecond } = point
  const amounts = [
    ...(users === null ? [] : [plural(users, 'user')]),
    ...(batch === null ? [] : [`${plural(batch, 'request')} at once`]),
    ...(offeredPerSecond === null ? [] : [quantity(offeredPerSecond, 'rate')]),
  ]
  return `${times(point)} its load, ${amounts.join(', ')}`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function times({ factor }: CapacityPoint): string {
  return `${quantity(factor, 'factor')} times`
}

function reasonOf({ verdict, objectives, overloads, bottleneck, factor, outcome }: CapacityPoint): string {
  const missed = objectives.filter((one) => one.verdict === 'missed')
  const doubtful = objectives.filter((one) => one.verdict === 'inconclusive')
  const decisive = missed.length > 0 ? missed : doubtful
  const result = missed.length > 0 ? 'missed' : outcome === 'misses' ? 'missed (point estimate only)' : 'inconclusive'
  const parts = decisive.map((one) => `${safe(one.objective.text)} (${measuredOf(one)})`)
  const [overload] = overloads
  const first =
    overload === undefined && parts.length > 0
      ? `At ${quantity(factor, 'factor')} times the load, ${result}: ${listed(parts)}.`
      : `At ${quantity(factor, 'factor')} times the load, ${safe(verdict.sentence)}.`
  // A resource with little utilization is not the cause.
  if (bottleneck === null || bottleneck.utilization < 0.5) return first
  const { block, resource, utilization } = bottleneck
  const are = resource.endsWith('s') ? 'are' : 'is'
  return `${first} The bottleneck is ${safe(block)}: its ${safe(resource)} ${are} at ${quantity(utilization, 'share')} utilization${phaseSaid(bottleneck)}.`
}

/** Whether the estimate itself decided, because the confidence interval contains the bound. */
function isPointEstimateOnly({ certain, outcome }: CapacityPoint): boolean {
  return !certain && outcome !== 'inconclusive'
}

/** What is scaled, in its own words; a column that no load has is left out. */
const amountColumns: readonly { heading: string; of: (point: CapacityPoint) => string | null }[] = [
  { heading: 'users', of: ({ users }) => users?.toString() ?? null },
  { heading: 'requests at once', of: ({ batch }) => batch?.toString() ?? null },
  { heading: 'offered', of: ({ offeredPerSecond: rate }) => (rate === null ? null : quantity(rate, 'rate')) },
]

function pointsTable({ points }: CapacityAnswer, page: Page): string[] {
  const amounts = amountColumns.filter(({ of }) => points.some((point) => of(point) !== null))
  const numbers = ['load', ...amounts.map(({ heading }) => heading)]
  const columns = [...numbers, 'result', 'deciding objective'].map((heading, i) => ({
    heading,
    align: i < numbers.length ? ('right' as const) : ('left' as const),
  }))
  const rows = points.map((point): Cell[] => [
    `${quantity(point.factor, 'factor')} ×`,
    ...amounts.map(({ of }) => of(point) ?? ''),
    {
      text: `${point.outcome}${isPointEstimateOnly(point) ? ' (point estimate only)' : ''}`,
      paint: page.colours[point.certain ? (point.outcome === 'holds' ? 'good' : 'bad') : 'doubtful'],
    },
    nearest(point),
  ])
  return table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
}

/** The objective that decided, with what was measured. */
function nearest({ overloads, objectives, verdict }: CapacityPoint): string {
  const [overload] = overloads
  if (overload !== undefined) return `${safe(overload.block)} is overloaded`
  const [worst] = [...objectives].sort((a, b) => rank(a.verdict) - rank(b.verdict))
  return worst === undefined ? safe(verdict.outcome) : `${safe(worst.objective.text)}: ${measuredOf(worst)}`
}

function rank(verdict: CapacityPoint['objectives'][number]['verdict']): number {
  return ['missed', 'inconclusive', 'met'].indexOf(verdict)
}

function footer({ seed, criterion, holdsAt, nextAbove, points }: CapacityAnswer, page: Page): string[] {
  const objective =
    criterion === 'objectives'
      ? 'A load holds if it meets every objective with its whole confidence interval.'
      : 'The design has no objectives, so a load holds if the design carries it. Add objectives for what users notice.'
  const apart =
    holdsAt === null || nextAbove === null
      ? ''
      : ` The largest load that holds and the next one are ${quantity(nextAbove.factor / holdsAt.factor - 1, 'share')} apart.`
  const byEstimate = points.some(isPointEstimateOnly)
    ? ' “Point estimate only”: the interval contains the bound, so the estimate alone decides and more replications could turn the result.'
    : ''
  const text = `All loads use common random numbers (seed ${seed}).${apart} ${objective}${byEstimate}`
  return prose(text, page, { indent: 0, paint: page.colours.quiet })
}
