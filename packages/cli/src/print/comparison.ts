import type { Comparison, MeasureDifference } from '@loadpath/core'
import { beside, change } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'
import { printVerdict } from './verdict.ts'

/** Every later design beside the first: sections. */
export function printComparison({ designs, differences }: Comparison, page: Page): string[][] {
  const [first] = designs
  const note =
    'All see the same requests at the same times, so that a difference comes from the designs and not from chance. “Not certain”: the interval of the difference contains zero.'
  return [
    ...designs.map((answer) => printVerdict(withoutAbout(answer), page)),
    ...differences.map(({ of, from, measures }, i) => {
      const names: [string, string] = of === from ? ['first', plainOrdinal(i)] : [safe(from), safe(of)]
      const title = `${names[1]} against ${names[0]}`
      if (measures.length > 0) return section(title, differenceTable(names, measures, page), page)
      return section(title, prose('No difference can be given: one of them does not carry the load.', page), page)
    }),
    first === undefined ? [] : prose(note, page, { indent: 0, paint: page.colours.quiet }),
  ]
}

/** Of designs that bear the same name. */
function plainOrdinal(index: number): string {
  return ['second', 'third', 'fourth', 'fifth'][index] ?? `number ${index + 2}`
}

function withoutAbout(answer: Comparison['designs'][number]): Comparison['designs'][number] {
  const { about: _about, ...rest } = answer
  return rest
}

function differenceTable(names: readonly string[], measures: readonly MeasureDifference[], page: Page): string[] {
  const columns = ['measure', ...names, 'difference', ''].map((heading) => ({ heading }))
  const rows = measures.map(({ measure, dimension, first, second, difference, verdict }): Cell[] => [
    safe(measure),
    beside(first, difference, dimension),
    beside(second, difference, dimension),
    change(difference, dimension),
    verdict === 'not significant'
      ? { text: verdict, paint: page.colours.quiet }
      : { text: verdict, paint: page.colours.strong },
  ])
  return table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
}
