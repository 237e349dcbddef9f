import { html, type Markup, nothing } from './markup.ts'
import { Section } from './place.ts'

/** Returns the table of contents: a link to each section, in page order. */
export function contents(parts: readonly Markup[]): Markup {
  const found = parts.filter((part): part is Section => part instanceof Section)
  if (found.length < 2) return nothing
  return html`<nav class="contents" aria-label="Contents"><ul>${found.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>
`
}
