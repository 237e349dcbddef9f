import type { Answer } from '@loadpath/core'
import { type Page, prose, safe, section } from './page.ts'
import { table } from './table.ts'

/** On a narrower page, a table of this many words is hard to read. */
const roomy = 110

/** Every default in force, with its source. */
export function printAssumptions(answer: Answer, page: Page): string[] {
  const assumptions = answer.assumptions.filter(({ value }) => value !== '{}')
  if (assumptions.length === 0) {
    return section('Assumptions', prose('None: the design sets every value.', page), page)
  }
  const said = prose('Defaults in force: values that the design does not set.', page)
  if (page.width < roomy) return section('Assumptions', [...said, ...asList(assumptions, page)], page)
  const hasSources = assumptions.some(({ source }) => source !== undefined)
  const columns = ['path', 'value', 'meaning', ...(hasSources ? ['source'] : [])].map((heading) => ({ heading }))
  const rows = assumptions.map(({ path, value, meaning, source }) => [
    safe(path),
    safe(value),
    safe(meaning),
    ...(hasSources ? [safe(source ?? '')] : []),
  ])
  const lines = [...said, ...table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })]
  return section('Assumptions', lines, page)
}

function asList(assumptions: Answer['assumptions'], page: Page): string[] {
  return assumptions.flatMap(({ path, value, meaning, source }) => [
    ...prose(`${safe(path)}: ${safe(value)}`, page, { paint: page.colours.strong }),
    ...prose(safe(meaning), page, { indent: 6 }),
    ...(source === undefined ? [] : prose(`source: ${safe(source)}`, page, { indent: 6, paint: page.colours.quiet })),
  ])
}
