import type { Answer, Ledger } from '@loadpath/core'
import { count, known, outOf } from './number.ts'
import { type Page, prose, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** Why a run without a steady state has counts only. */
export const unsettledSaid =
  'The run did not reach steady state, so these counts have no rates, utilization or response times beside them.'

/** The request ledger: outcomes that add up to the requests offered. */
export function printLedger({ requests, acknowledged, run }: Answer, page: Page): string[] {
  const ledger = requests[0]?.ledger
  if (ledger === undefined || ledger.offered === 0) return []
  const terms = [
    term('answered', ledger.answered, ledger),
    term('rejected', ledger.rejected, ledger),
    term('timed out', ledger.timedOut, ledger),
    term('lost', ledger.lost, ledger),
    term('in flight at the end', ledger.inFlight, ledger),
  ]
  const rows: Cell[][] = [
    ['', count(ledger.offered), { text: 'offered', paint: page.colours.strong }, ''],
    ...terms.map((cells, i): Cell[] => [i === 0 ? '=' : '+', ...cells]),
    ...lateRows(ledger, page),
    ...reasonRows(ledger, page),
    ...lostRows(acknowledged),
  ]
  const columns = [{ heading: '' }, { heading: '', align: 'right' }, { heading: '' }, { heading: '' }] as const
  const lines = table(columns, rows, { width: page.width })
  if (run.isUnsettled === true) lines.push(...prose(unsettledSaid, page, { paint: page.colours.quiet }))
  return section('Request outcomes', lines, page)
}

function term(name: string, events: number, { offered }: Ledger): [string, string, string] {
  if (events === 0) return ['0', name, outOf(0, offered).replace(/^0 of [\d,]+ /, '')]
  return [count(events), name, known(events / offered, 'share')]
}

/** Rows outside the sum: calls that a block acknowledged, so they count as answered, and then lost. */
function lostRows(acknowledged: Answer['acknowledged']): Cell[][] {
  return acknowledged
    .filter(({ lost }) => lost > 0)
    .map(({ block, lost, acknowledged: all }) => [
      '',
      count(lost),
      `acknowledged by ${block}, then lost`,
      `${known(lost / all, 'share')} of ${count(all)}`,
    ])
}

function lateRows({ late, offered }: Ledger, { colours }: Page): Cell[][] {
  if (late === undefined) return []
  const cells = ['', count(late), 'of these: answered after the deadline', known(late / offered, 'share')]
  return [cells.map((text) => ({ text, paint: colours.quiet }))]
}

function reasonRows({ reasons }: Ledger, { colours }: Page): Cell[][] {
  return reasons
    .filter((reason) => reason.count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ reason, block, count: events }) =>
      ['', count(events), `of these: ${reason} at ${block}`, ''].map((text) => ({ text, paint: colours.quiet })),
    )
}
