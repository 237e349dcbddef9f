import type { Answer, RequestAnswer } from '@loadpath/core'
import { briefly, count, estimate, inOneUnit, known } from './number.ts'
import { type Page, safe, section } from './page.ts'
import { tailOf, unitOfTails } from './percentiles.ts'
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
    ['throughput', estimate(all.throughputPerSecond, 'rate')],
    ['availability', estimate(all.availability, 'share')],
    ...staleness(all),
    ...(isOverloaded ? [] : ([['mean response time', meanOf(all)]] as [string, string][])),
    ...untilDone(all),
  ]
  const lines = table([{ heading: '' }, { heading: '' }], few, { width: page.width })
  if (kinds.length > 1) lines.push('', ...kindTable(kinds, page))
  return section('Requests', lines, page)
}

/** The mean response time, with the share of requests that it is a mean of where some were not answered. */
export function meanOf({ mean, ledger }: RequestAnswer): string {
  // Those in flight are left out, as they are of the availability.
  const answered = ledger.answered / (ledger.offered - ledger.inFlight)
  const whose = mean.sufficient && answered < 0.9995 ? `, over the ${known(answered, 'share')} that were answered` : ''
  return estimate(mean, 'duration') + whose
}

/** Time until all messages that requests set off are done, or nothing if they set off none. */
function untilDone({ done }: RequestAnswer): readonly [string, string][] {
  if (done === undefined) return []
  return [['done', doneSaid(done)]]
}

/** The mean time until done, and its last percentile. */
export function doneSaid({ mean, percentiles }: NonNullable<RequestAnswer['done']>): string {
  const tail = percentiles.at(-1)
  const average = estimate(mean, 'duration')
  if (!mean.sufficient || tail?.estimate.sufficient !== true) return average
  return `${average} on average, p${tail.percentile} ${estimate(tail.estimate, 'duration')}`
}

/** The share of stale answers and their mean age, or nothing if no answer can be stale. */
function staleness({ age }: RequestAnswer): readonly [string, string][] {
  if (age === null) return []
  const isSome = age.stale.sufficient && age.stale.point > 0
  const by = isSome ? `, by ${estimate(age.staleness, 'duration')} on average` : ''
  const share = estimate(age.stale, 'share')
  return [['stale', age.stale.sufficient ? `${share} of answers${by}` : share]]
}

function kindTable(kinds: readonly RequestAnswer[], page: Page): string[] {
  const setOff = kinds.some(({ done }) => done !== undefined) ? ['done'] : []
  const hasTimes = kinds.some(({ percentiles }) => percentiles.length > 0)
  const tails = tailsOf(kinds)
  const times = !hasTimes ? [] : ['mean response time', ...tails.map((percentile) => `p${percentile}`)]
  const columns = ['kind', 'throughput', 'availability', ...times, ...setOff].map((heading) => ({ heading }))
  const mean = inOneUnit(kinds.map((kind) => kind.mean))
  const done = inOneUnit(kinds.map((kind) => kind.done?.mean))
  const rows = kinds.map((kind) => [
    kind.name,
    estimate(kind.throughputPerSecond, 'rate'),
    briefly(kind.availability, 'share'),
    ...(!hasTimes
      ? []
      : [estimate(kind.mean, mean), ...tails.map((tail) => tailOf(kind, unitOfTails(kinds, tail), tail))]),
    ...setOff.map(() => (kind.done === undefined ? '' : estimate(kind.done.mean, done))),
  ])
  return table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
}

/** The percentile shown for each kind: the 99th, or the last if the design does not request it. */
function tailsOf(kinds: readonly RequestAnswer[]): readonly number[] {
  const [longest] = kinds.map(({ percentiles }) => percentiles).sort((a, b) => b.length - a.length)
  const known = longest?.map(({ percentile }) => percentile) ?? []
  return known.includes(99) ? [99] : known.slice(-1)
}
