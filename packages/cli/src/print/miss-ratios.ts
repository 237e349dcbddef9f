import type { TraceCacheAnswer } from '../traces/answer.ts'
import { isTooSmall } from '../traces/capacities.ts'
import { findingsOf, ratio, sampleInWords, sizeLabels, sizesInWords } from '../traces/findings.ts'
import { curvePlot } from './curve-plot.ts'
import { bytes, clock, count, known } from './number.ts'
import { type Page, plural, prose, safe, section } from './page.ts'
import { joinSections } from './report.ts'
import { type Cell, table } from './table.ts'

/** Prints the inventory of a trace and the hit ratios of caches. `more` is a command that replays every policy, or null. */
export function printMissRatios(answer: TraceCacheAnswer, page: Page, more: string | null): string {
  return joinSections([
    printInventory(answer, page),
    printUnread(answer, page),
    ...printTables(answer, page),
    curvePlot(answer, page),
    section(
      'Findings',
      findingsOf(answer).flatMap((sentence) => prose(sentence, page)),
      page,
    ),
    sampleInWords(answer).flatMap((sentence) => prose(sentence, page, { paint: page.colours.doubtful })),
    more === null ? [] : [`  ${page.colours.quiet('All policies:')}`, `  ${more}`],
  ])
}

function printInventory({ trace, inventory, sample }: TraceCacheAnswer, page: Page): string[] {
  const { requests, distinct, askedOnce, keysOfHalf, keysOfNineTenths, workingSet } = inventory
  const about = sample === null ? '' : 'about '
  const part = (of: number, all: number) => known(all > 0 ? of / all : 0, 'share')
  const rows: [string, string][] = [
    [
      'requests',
      `${count(requests)}${trace.lengthMs === null || trace.lengthMs === 0 ? '' : ` over ${clock(trace.lengthMs)}`}`,
    ],
    ['distinct keys', `${about}${count(distinct)}`],
    ...(inventory.bytes === null
      ? []
      : [
          ['bytes', `${bytes(inventory.bytes)} requested, ${about}${bytes(inventory.distinctBytes ?? 0)} distinct`] as [
            string,
            string,
          ],
        ]),
    [
      'requested once',
      `${about}${plural(askedOnce, 'key', count(askedOnce))}, ${part(askedOnce, distinct)} of the keys`,
    ],
    [
      'concentration',
      `half of the requests are for ${about}${plural(keysOfHalf, 'key', count(keysOfHalf))} (${part(keysOfHalf, distinct)}), nine tenths for ${about}${count(keysOfNineTenths)} (${part(keysOfNineTenths, distinct)})`,
    ],
    ...(workingSet === null
      ? []
      : [
          [
            'working set',
            `${plural(Math.round(workingSet.mean), 'key', count(workingSet.mean))} in 10,000 requests on average, at most ${count(workingSet.most)}`,
          ] as [string, string],
        ]),
  ]
  const title = `${safe(trace.file)}, format ${trace.format}${trace.isWhole ? '' : ', read in part'}`
  const columns = [{ heading: '' }, { heading: '' }]
  return section(title, table(columns, rows, { width: page.width }), page)
}

/** Prints how many entries were left out, with the first of them. */
function printUnread({ trace, inventory }: TraceCacheAnswer, page: Page): string[] {
  const { malformed, examples, expected, leftOut, entries } = trace
  const lines: string[] = []
  if (malformed > 0) {
    const [are, they] = malformed === 1 ? ['is', 'it is'] : ['are', 'they are']
    const what = plural(entries, trace.entryName, count(entries))
    lines.push(`${count(malformed)} of ${what} ${are} left out, because ${they} not ${expected}:`)
    lines.push(...examples.map(({ entry, found }) => `${safe(trace.file)}:${entry}: \`${found}\``))
    if (malformed > examples.length) lines.push('…')
  }
  if (leftOut > 0) {
    const [does, is] = leftOut === 1 ? ['does', 'is'] : ['do', 'are']
    lines.push(`${plural(leftOut, 'request', count(leftOut))} that ${does} more than read ${is} left out.`)
  }
  if (inventory.distinctBytes === 0) lines.push('Every object has a size of 0 bytes, so capacities count entries.')
  return lines.flatMap((line) => prose(line, page, { paint: page.colours.doubtful }))
}

function printTables(answer: TraceCacheAnswer, page: Page): string[][] {
  const hasBytes = answer.sizes.some(({ cells }) => cells.some((cell) => cell !== null && cell.byteHitRatio !== null))
  const notes = [...whyMissing(answer), ...sizesInWords(answer)]
  return [
    [
      ...printTable(answer, 'Hit ratio', 'hitRatio', page),
      ...notes.flatMap((note) => prose(note, page, { paint: page.colours.quiet })),
    ],
    ...(hasBytes ? [printTable(answer, 'Byte hit ratio', 'byteHitRatio', page)] : []),
  ]
}

/** Returns the reasons for the dashes in the table. */
function whyMissing({ sizes, sample }: TraceCacheAnswer): readonly string[] {
  const missing = sizes.filter(({ cells }) => cells.includes(null))
  const small = missing.filter(({ capacity }) => sample !== null && isTooSmall(capacity, sample.smallest))
  return [
    ...(small.length === 0 ? [] : ['–: scaled to the sample, this size is below one entry; increase `--sample`']),
    ...(small.length === missing.length ? [] : ['–: not replayed before Ctrl-C']),
  ]
}

/** Prints one row a size and one column a policy; transposed if the columns do not fit the page. */
function printTable(
  { policies, sizes }: TraceCacheAnswer,
  title: string,
  value: 'hitRatio' | 'byteHitRatio',
  page: Page,
): string[] {
  const names = policies.map(({ written }) => safe(written))
  const rows = sizes.map(({ cells }) => {
    const competing = cells.filter((_, i) => policies[i]?.needsFuture !== true)
    const best = Math.max(...competing.map((cell) => cell?.[value] ?? 0))
    return cells.map((cell): Cell => {
      const found = cell?.[value]
      if (found === undefined || found === null) return '–'
      const isBest = competing.length > 1 && found === best && competing.includes(cell)
      return isBest ? { text: ratio(found), paint: page.colours.strong } : ratio(found)
    })
  })
  const labels = sizeLabels(sizes)
  const needed = names.reduce((sum, name) => sum + Math.max(7, name.length) + 2, 20)
  const isTurned = needed > page.width
  const headings = isTurned ? labels : names
  const columns = [
    { heading: isTurned ? 'policy' : 'cache' },
    ...headings.map((heading) => ({ heading, align: 'right' as const })),
  ]
  const lines = isTurned
    ? names.map((name, i): Cell[] => [name, ...rows.map((row) => row[i] ?? '–')])
    : rows.map((row, i): Cell[] => [labels[i] ?? '', ...row])
  return section(title, table(columns, lines, { width: page.width, paintHeading: page.colours.quiet }), page)
}
