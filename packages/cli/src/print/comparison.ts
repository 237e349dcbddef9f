import type { Comparison, MeasureDifference } from '@loadpath/core'
import { besideOneAnother, change } from './number.ts'
import { measuredOf, moodOf, verdictSoFar } from './objectives.ts'
import { type Page, prose, safe, section } from './page.ts'
import { type Cell, table } from './table.ts'
import { printVerdict } from './verdict.ts'

/** Sections: the verdict of each design, the objectives, and each later design compared with the first. */
export function printComparison({ designs, differences }: Comparison, page: Page): string[][] {
  const [first] = designs
  const note =
    'Designs are compared with common random numbers: the same requests at the same times. A difference is “not significant” if its interval contains 0.'
  return [
    ...designs.map((answer) => printVerdict(withoutAbout(answer), page)),
    printObjectivesByDesign(designs, page),
    ...differences.map(({ of, from, measures }, i) => {
      const names: [string, string] = of === from ? ['first', plainOrdinal(i)] : [safe(from), safe(of)]
      const title = `${names[1]} compared with ${names[0]}`
      if (measures.length > 0) return section(title, differenceTable(names, measures, page), page)
      return section(title, prose('No differences: a design is overloaded.', page), page)
    }),
    first === undefined ? [] : prose(note, page, { indent: 0, paint: page.colours.quiet }),
  ]
}

/** A row for each objective and a column for each design; a cell is empty if the objective is not one of the design. */
function printObjectivesByDesign(designs: Comparison['designs'], page: Page): string[] {
  const texts = [...new Set(designs.flatMap(({ objectives }) => objectives.map(({ objective }) => objective.text)))]
  const rows = texts.map((text): Cell[] => [
    safe(text),
    ...designs.map(({ objectives, run }): Cell => {
      const own = objectives.find(({ objective }) => objective.text === text)
      if (own === undefined) return ''
      return { text: `${verdictSoFar(own, run)}: ${measuredOf(own)}`, paint: page.colours[moodOf(own.verdict)] }
    }),
  ])
  if (rows.length === 0) return []
  const columns = ['objective', ...namesOf(designs)].map((heading) => ({ heading }))
  return section('Objectives', table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }), page)
}

/** The variant of each design, or else its name; ordinals if the names do not differ. */
function namesOf(designs: Comparison['designs']): readonly string[] {
  const names = designs.map(({ design, variant }) => safe(variant ?? design))
  return new Set(names).size === names.length ? names : names.map((_, i) => (i === 0 ? 'first' : plainOrdinal(i - 1)))
}

/** A name for a later design whose name is that of another. */
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
    ...besideOneAnother([first, second], difference, dimension),
    first === null && second === null && !difference.sufficient
      ? `unknown: ${difference.reason}`
      : change(difference, dimension),
    difference.sufficient ? verdictCell(verdict, page) : '',
  ])
  return table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
}

function verdictCell(verdict: MeasureDifference['verdict'], page: Page): Cell {
  return { text: verdict, paint: verdict === 'not significant' ? page.colours.quiet : page.colours.strong }
}
