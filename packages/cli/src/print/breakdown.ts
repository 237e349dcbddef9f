import type { Answer, BreakdownAnswer } from '@loadpath/core'
import { count, estimate, inOneUnit, type Measured, quantity } from './number.ts'
import { type Page, prose, section } from './page.ts'
import { type Cell, table } from './table.ts'
import { isHopeless } from './verdict.ts'

type Part = BreakdownAnswer['parts'][number]

const marks: Readonly<Record<string, string>> = { processing: '#', waiting: '.', network: '>' }

/** Width of the margin, the gaps, the time with its interval and the share. */
const besideBar = 36

/** More kinds than this are only in the JSON and in the HTML report. */
const mostKinds = 5

/** Parts below this share are in one row. */
const smallest = 0.005

/** Parts of the response time, with bars, that add up to the mean. */
export function printBreakdown(answer: Answer, page: Page): string[] {
  const { parts, meanMs, mean, requestsFollowed, kinds } = answer.breakdown
  if (requestsFollowed === 0 || parts.length === 0 || isHopeless(answer)) return []
  const sorted = parts.toSorted((a, b) => b.ms - a.ms)
  const few = sorted.filter(({ share }) => share < smallest)
  const rest = few.length > 1 ? few : []
  const shown = sorted.slice(0, sorted.length - rest.length)
  const largest = sorted[0]?.share ?? 1
  const longest = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, text.length), 0)
  const nameWidth = Math.max('2 smaller parts'.length, longest(shown.map(({ block }) => block)))
  const barWidth = Math.max(8, Math.min(40, page.width - nameWidth - longest(shown.map(labelOf)) - besideBar))
  const bar = (share: number, activity: string) =>
    (marks[activity] ?? '#').repeat(Math.max(1, Math.round((share / largest) * barWidth)))
  const unit = unitOfParts(answer.breakdown)
  const rows = shown.map((part): Cell[] => [
    part.block,
    labelOf(part),
    bar(part.share, part.activity),
    quantity(part.ms, unitBeside(part, unit)),
    percent(part.share),
  ])
  if (rest.length > 0) {
    const [ms, share] = [sum(rest, (part) => part.ms), sum(rest, (part) => part.share)]
    rows.push([`${rest.length} smaller parts`, '', '', quantity(ms, unitBeside({ share }, unit)), percent(share)])
  }
  const { strong } = page.colours
  const whole = mean.sufficient ? estimate(mean, unit) : quantity(meanMs, unit)
  rows.push(['sum', '', '', whole, percent(1)].map((text) => ({ text, paint: strong })))
  const columns = [{ heading: '' }, { heading: '' }, { heading: '' }, ...rightTwo]
  const note = `Mean over a sample of ${count(requestsFollowed)} answered requests, each followed through all blocks.`
  const lines = [
    ...table(columns, rows, { width: page.width }),
    ...(kinds.length <= mostKinds ? byKind(kinds, page) : []),
    ...prose(note, page, { paint: page.colours.quiet }),
  ]
  return section('Response time breakdown', lines, page)
}

/** The activity and its object: `waiting: connection to db`. */
export function labelOf({ activity, note }: Pick<Part, 'activity' | 'note'>): string {
  return note === undefined ? activity : `${activity}: ${note}`
}

/** A line for each kind of request, with its largest parts. */
function byKind(kinds: BreakdownAnswer['kinds'], page: Page): string[] {
  const followed = kinds.filter(({ requestsFollowed }) => requestsFollowed > 0)
  const unit = unitOfKinds(followed)
  const rows = followed.map(({ name, meanMs, mean, parts }): Cell[] => [
    name,
    mean.sufficient ? estimate(mean, unit) : quantity(meanMs, unit),
    parts
      .filter(({ share }) => share >= 0.05)
      .slice(0, 3)
      .map(({ block, activity, note, share }) => `${block} ${note ?? activity} ${percent(share)}`)
      .join(', '),
  ])
  if (rows.length < 2) return []
  const columns = [{ heading: '' }, { heading: '', align: 'right' as const }, { heading: '', align: 'left' as const }]
  return ['', ...table(columns, rows, { width: page.width })]
}

/** The unit of the mean and of its parts, but for parts that are too small to be compared with it. */
export function unitOfParts({ parts, meanMs }: BreakdownAnswer): Measured {
  return inOneUnit([...parts.filter(({ share }) => share >= smallest).map(({ ms }) => ms), meanMs])
}

/** The unit of one part beside the others: its own if it is too small to be compared with them. */
export function unitBeside({ share }: Pick<Part, 'share'>, unit: Measured): Measured {
  return share < smallest ? 'duration' : unit
}

/** The unit in which the means of kinds of request are compared. */
export function unitOfKinds(kinds: BreakdownAnswer['kinds']): Measured {
  return inOneUnit(kinds.map(({ mean, meanMs }) => (mean.sufficient ? mean : meanMs)))
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
