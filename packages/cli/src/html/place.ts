import { type Content, html, Markup, nothing } from './markup.ts'

/** Position of a part of the page: the level of its headings and the prefix of its ids. */
export interface Place {
  readonly level: 2 | 3 | 4
  /** Keeps ids unique on a page with several answers. */
  readonly prefix: string
}

/** A part of the report that the table of contents can link to. */
export class Section extends Markup {
  readonly id: string
  readonly title: string

  constructor(id: string, title: string, text: string) {
    super(text)
    this.id = id
    this.title = title
  }
}

/** Returns a part of the report under a heading, or `nothing` if all its content is empty. */
export function section(place: Place, title: string, content: readonly Content[], lead: Content = null): Markup {
  if (content.every((one) => isNothing(one))) return nothing
  const id = idOf(place, title)
  const text = lead === null ? nothing : html`<p class="lead">${lead}</p>`
  // Landmarks need unique names, and the sections of several designs on one page share theirs.
  const landmark = place.level === 2 ? html` aria-labelledby="${id}"` : nothing
  const whole = html`<section${landmark}>
${heading(place.level, id, title)}${text}
${content}
</section>
`
  return new Section(id, title, whole.text)
}

function heading(level: number, id: string, title: string): Markup {
  if (level === 2) return html`<h2 id="${id}">${title}</h2>`
  return level === 3 ? html`<h3 id="${id}">${title}</h3>` : html`<h4 id="${id}">${title}</h4>`
}

/** Returns the id of a part of the page. */
export function idOf({ prefix }: Place, title: string): string {
  return prefix + title.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}

/** Returns the place one heading level below this one. */
export function below({ level, prefix }: Place): Place {
  return { level: level === 2 ? 3 : 4, prefix }
}

function isNothing(content: Content): boolean {
  if (Array.isArray(content)) return content.every((one) => isNothing(one))
  return content === null || content === undefined || content === false || content === nothing
}
