import type { Answer } from '@loadpath/core'
import { inOneUnit, quantity } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'

const marks: Readonly<Record<string, string>> = { processing: '#', waiting: '.', network: '>' }

/** One slow request, followed through all blocks. */
export function printTrace({ trace }: Answer, page: Page): string[] {
  if (trace === null) return []
  const { request, segments } = trace
  const tookMs = request.endedMs - request.arrivedMs
  const barWidth = Math.max(10, Math.min(50, page.width - 50))
  const at = inOneUnit(segments.map(({ fromMs }) => fromMs - request.arrivedMs))
  const lasts = inOneUnit(segments.map(({ fromMs, toMs }) => toMs - fromMs))
  const rows = segments.map(({ block, activity, fromMs, toMs, note }): Cell[] => [
    `+${quantity(fromMs - request.arrivedMs, at)}`,
    block,
    note === undefined ? activity : `${activity}: ${note}`,
    quantity(toMs - fromMs, lasts),
    bar(fromMs - request.arrivedMs, toMs - request.arrivedMs, tookMs, activity, barWidth),
  ])
  const columns = [
    { heading: 'at', align: 'right' },
    { heading: 'block' },
    { heading: 'activity' },
    { heading: 'for', align: 'right' },
    { heading: '' },
  ] as const
  const lines = [
    ...prose(traceSaid(trace), page),
    ...table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }),
  ]
  return section('Slowest request', lines, page)
}

/** A sentence with the request, its arrival and its outcome. */
export function traceSaid({ request, failure }: NonNullable<Answer['trace']>): string {
  const tookMs = request.endedMs - request.arrivedMs
  const end =
    failure === null ? 'was answered after' : `failed (${safe(failure.reason)} at ${safe(failure.block)}) after`
  return `A “${safe(request.kind)}” request of ${safe(request.source)} arrived at ${quantity(request.arrivedMs, 'duration')} and ${end} ${quantity(tookMs, 'duration')}.`
}

function bar(fromMs: number, toMs: number, wholeMs: number, activity: string, width: number): string {
  const at = (ms: number) => Math.round((ms / wholeMs) * width)
  const start = Math.min(width - 1, at(fromMs))
  return '\u00a0'.repeat(start) + (marks[activity] ?? '#').repeat(Math.max(1, at(toMs) - start))
}
