import type { Answer } from '@loadpath/core'
import { type Page, prose, safe, section } from './page.ts'
import { table } from './table.ts'

/** Every default in force, with its source. */
export function printAssumptions({ assumptions }: Answer, page: Page): string[] {
  if (assumptions.length === 0) {
    return section('Assumptions', prose('None: the design says everything itself.', page), page)
  }
  const hasSources = assumptions.some(({ source }) => source !== undefined)
  const columns = ['path', 'value', 'meaning', ...(hasSources ? ['source'] : [])].map((heading) => ({ heading }))
  const rows = assumptions.map(({ path, value, meaning, source }) => [
    safe(path),
    safe(value),
    safe(meaning),
    ...(hasSources ? [safe(source ?? '')] : []),
  ])
  const lines = [
    ...prose('What the answer rests on without the design having said so.', page),
    ...table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }),
  ]
  return section('Assumptions', lines, page)
}
