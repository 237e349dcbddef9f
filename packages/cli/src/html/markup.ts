import { safe } from '../print/page.ts'

/** A piece of HTML or SVG that is known to be well formed: everything that was put into it is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What may stand in a template. Texts are escaped; false, null and undefined are nothing. */
export type Content = Markup | string | number | false | null | undefined | readonly Content[]

export const nothing = new Markup('')

/**
 * A template whose values are escaped, so that what a design says can never become markup. Values may stand between
 * tags and within quoted attributes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, part, i) => text + render(values[i - 1]) + part))
}

/** Characters that mean something in HTML, and those that turn or hide what stands beside them. */
export function escapeHtml(text: string): string {
  return safe(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function render(value: Content): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(render).join('')
  return escapeHtml(String(value))
}
