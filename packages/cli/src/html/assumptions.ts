import type { Answer } from '@loadpath/core'
import { plural } from '../print/page.ts'
import { breakable } from './breakable.ts'
import { dataTable } from './data-table.ts'
import { html, type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns every default in force, with its source. */
export function assumptions({ assumptions: all }: Answer, place: Place): Markup {
  const stated = all.filter(({ value }) => value !== '{}')
  if (stated.length === 0) {
    return section(place, 'Assumptions', [html`<p>None: the design sets every value.</p>`])
  }
  const sourced = stated.filter(({ source }) => source !== undefined).length
  const lead = `The design leaves ${plural(stated.length, 'value')} at ${stated.length === 1 ? 'its default' : 'their defaults'}; ${sourced} of them ${sourced === 1 ? 'has' : 'have'} a source.`
  const withSource = stated.filter(({ source }) => source !== undefined)
  const without = stated.filter(({ source }) => source === undefined)
  const rest = html`<details><summary>Defaults without a source (${without.length})</summary>${tableOf('Defaults without a source', without)}</details>`
  const content = [tableOf('Defaults with a source', withSource), without.length === 0 ? nothing : rest]
  return section(place, 'Assumptions', content, lead)
}

function tableOf(caption: string, shown: Answer['assumptions']): Markup {
  if (shown.length === 0) return nothing
  const hasSources = shown.some(({ source }) => source !== undefined)
  return dataTable({
    caption,
    cards: true,
    columns: ['path', 'value', 'meaning', ...(hasSources ? ['source'] : [])].map((heading) => ({ heading })),
    rows: shown.map(({ path, value, meaning, source }) => [
      html`<code>${breakable(path)}</code>`,
      html`<code>${value}</code>`,
      meaning,
      ...(hasSources ? [source ?? '–'] : []),
    ]),
  })
}
