import { safe } from '../print/page.ts'

/** A well-formed piece of HTML or SVG; all text in it is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Values allowed in a template. Strings are escaped; false, null and undefined print nothing. */
export type Content = Markup | string | number | false | null | undefined | readonly Content[]

export const nothing = new Markup('')

/**
 * Builds markup from a template and escapes its values, so text of a design never becomes markup. Values may appear
 * between tags and in quoted attributes.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Markup {
  return new Markup(strings.reduce((text, part, i) => text + render(values[i - 1]) + part))
}

/** Escapes HTML syntax, and characters that hide or reorder text. */
export function escapeHtml(text: string): string {
  return safe(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function render(value: Content): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map(render).join('')
  return escapeHtml(String(value))
}
