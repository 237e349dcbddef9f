import type { Answer, RequestAnswer } from '@loadpath/core'
import { unsettledSaid } from '../print/ledger.ts'
import { count, estimate, known, outOf } from '../print/number.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

type Ledger = RequestAnswer['ledger']

/** Returns the request ledger, whose rows add up to the requests offered, and the reasons for failures. */
export function outcomes({ requests, acknowledged, run }: Answer, place: Place): Markup {
  const ledger = requests[0]?.ledger
  if (ledger === undefined || ledger.offered === 0) return nothing
  const terms: readonly (readonly [string, number])[] = [
    ['answered', ledger.answered],
    ['rejected', ledger.rejected],
    ['timed out', ledger.timedOut],
    ['lost', ledger.lost],
    ['in flight at the end', ledger.inFlight],
  ]
  const { late } = ledger
  const content = dataTable({
    caption: 'Request outcomes, all replications',
    columns: [{ heading: 'outcome' }, { heading: 'requests', align: 'right' }, { heading: 'share', align: 'right' }],
    rows: [
      ...terms.map(([name, events], i) => [`${i === 0 ? '' : '+ '}${name}`, count(events), shareOf(events, ledger)]),
      [html`<b>= offered</b>`, html`<b>${count(ledger.offered)}</b>`, html`<b>${known(1, 'share')}</b>`],
      ...(late === undefined ? [] : [['of these: answered after the deadline', count(late), shareOf(late, ledger)]]),
    ],
  })
  return section(
    place,
    'Request outcomes',
    [
      content,
      run.isUnsettled === true ? html`<p class="note">${unsettledSaid}</p>` : nothing,
      failures(ledger),
      losses(acknowledged),
    ],
    'The outcomes add up to the requests offered.',
  )
}

function shareOf(events: number, { offered }: Ledger): string {
  return events === 0 ? outOf(0, offered).replace(/^0 of [\d,]+ \((.*)\)$/, '$1') : known(events / offered, 'share')
}

/** Returns the messages that a block acknowledged and then lost. */
function losses(acknowledged: Answer['acknowledged']): Markup {
  const found = acknowledged.filter(({ lost }) => lost > 0)
  if (found.length === 0) return nothing
  return dataTable({
    caption: 'Acknowledged, then lost',
    columns: [
      { heading: 'block' },
      { heading: 'acknowledged', align: 'right' },
      { heading: 'then lost', align: 'right' },
      { heading: 'share', align: 'right' },
    ],
    rows: found.map((one) => [one.block, count(one.acknowledged), count(one.lost), estimate(one.share, 'share')]),
  })
}

function failures({ reasons: all }: Ledger): Markup {
  const found = all.filter((reason) => reason.count > 0)
  if (found.length === 0) return nothing
  return dataTable({
    caption: 'Failures by reason and block',
    columns: [{ heading: 'reason' }, { heading: 'block' }, { heading: 'requests', align: 'right' }],
    rows: found.map(({ reason, block, count: events }) => [reason, block, count(events)]),
  })
}
