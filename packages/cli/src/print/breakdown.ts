import type { Answer, BreakdownAnswer } from '@loadpath/core'
import { count, quantity } from './number.ts'
import { type Page, prose, section } from './page.ts'
import { type Cell, table } from './table.ts'
import { isHopeless } from './verdict.ts'

type Part = BreakdownAnswer['parts'][number]

const marks: Readonly<Record<string, string>> = { working: '#', waiting: '.', travelling: '>' }

/** Parts below this share stand together in one row. */
const smallest = 0.005

/** Where the time of a request goes: bars that add up to the mean. */
export function printBreakdown(answer: Answer, page: Page): string[] {
  const { parts, meanMs, requestsFollowed } = answer.breakdown
  if (requestsFollowed === 0 || parts.length === 0 || isHopeless(answer)) return []
  const sorted = parts.toSorted((a, b) => b.ms - a.ms)
  const few = sorted.filter(({ share }) => share < smallest)
  const rest = few.length > 1 ? few : []
  const shown = sorted.slice(0, sorted.length - rest.length)
  const largest = sorted[0]?.share ?? 1
  const barWidth = Math.max(8, Math.min(40, page.width - 52))
  const bar = (share: number, activity: string) =>
    (marks[activity] ?? '#').repeat(Math.max(1, Math.round((share / largest) * barWidth)))
  const rows = shown.map(({ block, activity, ms, share }): Cell[] => [
    block,
    activity,
    bar(share, activity),
    quantity(ms, 'duration'),
    percent(share),
  ])
  if (rest.length > 0) {
    const [ms, share] = [sum(rest, (part) => part.ms), sum(rest, (part) => part.share)]
    rows.push([`${rest.length} smaller parts`, '', '', quantity(ms, 'duration'), percent(share)])
  }
  const { strong } = page.colours
  rows.push(['sum', '', '', quantity(meanMs, 'duration'), percent(1)].map((text) => ({ text, paint: strong })))
  const columns = [{ heading: '' }, { heading: '' }, { heading: '' }, ...rightTwo]
  const note = `The mean of ${count(requestsFollowed)} requests that were followed through all blocks.`
  const lines = [...table(columns, rows, { width: page.width }), ...prose(note, page, { paint: page.colours.quiet })]
  return section('Where the time of a request goes', lines, page)
}

const rightTwo = [
  { heading: '', align: 'right' },
  { heading: '', align: 'right' },
] as const

function sum(parts: readonly Part[], of: (part: Part) => number): number {
  return parts.reduce((total, part) => total + of(part), 0)
}

/** A whole number of per cent. */
export function percent(share: number): string {
  return share > 0 && share < 0.005 ? 'under 1\u00a0%' : `${Math.round(share * 100)}\u00a0%`
}
