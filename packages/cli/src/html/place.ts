import { type Content, html, type Markup, nothing } from './markup.ts'

/** Where on the page something stands: how deep its headings are, and what begins the names of its parts. */
export interface Place {
  readonly level: 2 | 3 | 4
  /** No two parts of a page have the same name, also where several answers stand on it. */
  readonly prefix: string
}

/** A part of the report under a heading, or nothing where there is nothing to say. */
export function section(place: Place, title: string, content: readonly Content[], lead: Content = null): Markup {
  if (content.every((one) => isNothing(one))) return nothing
  const id = idOf(place, title)
  const text = lead === null ? nothing : html`<p class="lead">${lead}</p>`
  // Only the parts of the page itself are landmarks: those of one design among several would bear the same names.
  const landmark = place.level === 2 ? html` aria-labelledby="${id}"` : nothing
  return html`<section${landmark}>
${heading(place.level, id, title)}${text}
${content}
</section>
`
}

function heading(level: number, id: string, title: string): Markup {
  if (level === 2) return html`<h2 id="${id}">${title}</h2>`
  return level === 3 ? html`<h3 id="${id}">${title}</h3>` : html`<h4 id="${id}">${title}</h4>`
}

/** A name for a part of the page. */
export function idOf({ prefix }: Place, title: string): string {
  return prefix + title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

/** The place of what stands below a heading of this one. */
export function below({ level, prefix }: Place): Place {
  return { level: level === 2 ? 3 : 4, prefix }
}

function isNothing(content: Content): boolean {
  if (Array.isArray(content)) return content.every((one) => isNothing(one))
  return content === null || content === undefined || content === false || content === nothing
}
