import type { Answer, RequestAnswer } from '@loadpath/core'
import { briefly, count, estimate, known } from './number.ts'
import { type Page, safe, section } from './page.ts'
import { tailOf } from './percentiles.ts'
import { table } from './table.ts'
import { isHopeless } from './verdict.ts'

/** The few numbers that matter; one row a kind where there are several. */
export function printRequests(answer: Answer, page: Page): string[] {
  const [all, ...kinds] = answer.requests
  if (all === undefined) return []
  const isOverloaded = isHopeless(answer)
  const few: [string, string][] = [
    ...answer.users.map(({ source, users }): [string, string] => ['users', `${count(users)} (${safe(source)})`]),
    ['offered', estimate(all.offeredPerSecond, 'rate')],
    ['answered', estimate(all.throughputPerSecond, 'rate')],
    [
      'available',
      `${estimate(all.availability, 'share')}${all.availability.sufficient ? ', the share answered in time' : ''}`,
    ],
    ...staleness(all),
    ...(isOverloaded ? [] : ([['mean response', meanOf(all)]] as [string, string][])),
  ]
  const lines = table([{ heading: '' }, { heading: '' }], few, { width: page.width })
  if (kinds.length > 1) lines.push('', ...kindTable(kinds, isOverloaded, page))
  return section('Requests', lines, page)
}

/** A mean is of those that were answered: how many these are is said where some were not. */
export function meanOf({ mean, ledger }: RequestAnswer): string {
  const answered = ledger.answered / ledger.offered
  const whose = mean.sufficient && answered < 0.9995 ? `, of the ${known(answered, 'share')} that were answered` : ''
  return estimate(mean, 'duration') + whose
}

/** Nothing where no answer shows what can change. */
function staleness({ age }: RequestAnswer): readonly [string, string][] {
  if (age === null) return []
  const isSome = age.stale.sufficient && age.stale.point > 0
  const by = isSome ? `, by ${estimate(age.staleness, 'duration')} on average` : ''
  const share = estimate(age.stale, 'share')
  return [['stale', age.stale.sufficient ? `${share} of the answers${by}` : share]]
}

function kindTable(kinds: readonly RequestAnswer[], isOverloaded: boolean, page: Page): string[] {
  const times = isOverloaded ? [] : ['mean', ...tailsOf(kinds).map((percentile) => `p${percentile}`)]
  const columns = ['kind', 'answered', 'available', ...times].map((heading) => ({ heading }))
  const rows = kinds.map((kind) => [
    kind.name,
    estimate(kind.throughputPerSecond, 'rate'),
    briefly(kind.availability, 'share'),
    ...(isOverloaded ? [] : [estimate(kind.mean, 'duration'), ...tailsOf(kinds).map((tail) => tailOf(kind, tail))]),
  ])
  return table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
}

/** The percentile by which kinds are told apart. */
function tailsOf(kinds: readonly RequestAnswer[]): readonly number[] {
  const known = kinds[0]?.percentiles.map(({ percentile }) => percentile) ?? []
  return known.includes(99) ? [99] : known.slice(-1)
}
