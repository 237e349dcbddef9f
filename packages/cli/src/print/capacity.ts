import type { CapacityAnswer, CapacityPoint } from '@loadpath/core'
import { quantity } from './number.ts'
import { measuredOf } from './objectives.ts'
import { listed, type Page, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** How much load a design carries while it keeps its promises, and what breaks first. */
export function printCapacity(answer: CapacityAnswer, page: Page): string[][] {
  const { design, variant, holdsAt, breaksAt } = answer
  const name = variant === undefined ? safe(design) : `${safe(design)}, ${safe(variant)}`
  return [
    [page.colours.heading(name)],
    prose(sentenceOf(answer), page, { indent: 0, paint: page.colours.strong }),
    breaksAt === null ? [] : section('What breaks first', prose(reasonOf(breaksAt), page), page),
    section('Loads tried', pointsTable(answer, page), page),
    holdsAt === null && breaksAt === null ? [] : footer(answer, page),
  ]
}

function sentenceOf({ criterion, holdsAt, breaksAt }: CapacityAnswer): string {
  const what = criterion === 'objectives' ? 'keeps its objectives' : 'carries the load'
  if (holdsAt === null)
    return `Does not ${what.replace('keeps', 'keep').replace('carries', 'carry')}, however small the load.`
  const at = `${times(holdsAt)} its load, ${quantity(holdsAt.offeredPerSecond, 'rate')}`
  if (breaksAt === null) return `${capital(what)} at every load tried, up to ${at}.`
  const about = holdsAt.certain && breaksAt.certain ? '' : 'about '
  return `${capital(what)} up to ${about}${at}; at ${times(breaksAt)} it no longer does.`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function times({ factor }: CapacityPoint): string {
  return `${quantity(factor, 'factor')} times`
}

function reasonOf({ verdict, objectives, overloads, bottleneck, factor }: CapacityPoint): string {
  const missed = objectives.filter((one) => one.verdict === 'missed')
  const doubtful = objectives.filter((one) => one.verdict === 'undecided')
  const broken = missed.length > 0 ? missed : doubtful
  const parts = broken.map((one) => `${safe(one.objective.text)} (${measuredOf(one)})`)
  const [overload] = overloads
  const first =
    overload === undefined && parts.length > 0
      ? `At ${quantity(factor, 'factor')} times the load, ${missed.length > 0 ? 'missed' : 'in doubt'}: ${listed(parts)}.`
      : `At ${quantity(factor, 'factor')} times the load, ${verdict.sentence.replace(/^does not/, 'it does not')}.`
  // What is hardly in use has not broken anything.
  if (bottleneck === null || bottleneck.utilisation < 0.5) return first
  const { block, resource, utilisation } = bottleneck
  return `${first} The ${resource} of ${safe(block)} are ${quantity(utilisation, 'share')} in use there, more than anything else.`
}

function pointsTable({ points }: CapacityAnswer, page: Page): string[] {
  const columns = ['load', 'offered', '', 'nearest to its bound'].map((heading, i) => ({
    heading,
    align: i < 2 ? ('right' as const) : ('left' as const),
  }))
  const rows = points.map((point): Cell[] => [
    `${quantity(point.factor, 'factor')} ×`,
    quantity(point.offeredPerSecond, 'rate'),
    {
      text: `${point.holds ? 'holds' : 'breaks'}${point.certain ? '' : ', by the estimate alone'}`,
      paint: page.colours[point.certain ? (point.holds ? 'good' : 'bad') : 'doubtful'],
    },
    nearest(point),
  ])
  return table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
}

/** The objective that decided, with what was measured. */
function nearest({ overloads, objectives, verdict }: CapacityPoint): string {
  const [overload] = overloads
  if (overload !== undefined) return `backlog grows at ${safe(overload.block)}`
  const [worst] = [...objectives].sort((a, b) => rank(a.verdict) - rank(b.verdict))
  return worst === undefined ? safe(verdict.outcome) : `${safe(worst.objective.text)}: ${measuredOf(worst)}`
}

function rank(verdict: CapacityPoint['objectives'][number]['verdict']): number {
  return ['missed', 'undecided', 'held'].indexOf(verdict)
}

function footer({ seed, criterion }: CapacityAnswer, page: Page): string[] {
  const promise =
    criterion === 'objectives'
      ? 'Held and missed are by whole confidence intervals.'
      : 'The design has no objectives: what counts is that the load is carried. Add objectives for what users would notice.'
  const text = `Every load meets the same chance (seed ${seed}); the two loads named are at most 2 % apart. ${promise}`
  return prose(text, page, { indent: 0, paint: page.colours.quiet })
}
