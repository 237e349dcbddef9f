import { type Content, html, type Markup, nothing } from './markup.ts'
import { idOf, type Place } from './place.ts'

/** Widths, in CSS px, for which pictures are drawn: a desk and a hand. Which one is seen, the style sheet decides. */
export const widths = { wide: 960, narrow: 350 } as const

export type Width = (typeof widths)[keyof typeof widths]

export interface Picture {
  readonly width: number
  readonly height: number
  readonly content: Content
}

export interface FigureOptions {
  readonly title: string
  /** What one sees, in a sentence or two, for those who do not. */
  readonly summary: string
  readonly draw: (width: Width) => Picture
  /** How to read it, below the picture. */
  readonly note?: Content
  /** The same in numbers. */
  readonly table?: Markup
}

/** A picture with its title, what is to be seen on it, and its numbers behind a fold. */
export function figure(place: Place, { title, summary, draw, note, table }: FigureOptions): Markup {
  const id = idOf(place, `figure ${title}`)
  return html`<figure aria-labelledby="${id}">
<figcaption id="${id}">${title}</figcaption>
${picture(draw(widths.wide), `${title}. ${summary}`, 'wide')}
${picture(draw(widths.narrow), `${title}. ${summary}`, 'narrow')}
${note === undefined ? nothing : html`<p class="note">${note}</p>`}
${table === undefined ? nothing : html`<details><summary>${title}: the numbers</summary>${table}</details>`}
</figure>
`
}

/** How much wider than its place a picture may be and still be read when it is shrunk to fit. */
const shrinkable = { wide: 1.35, narrow: 1.15 } as const

/** A picture may be wider than was asked for: then it is shrunk a little, or scrolls in a box of its own. */
function picture({ width, height, content }: Picture, label: string, kind: 'wide' | 'narrow'): Markup {
  const size = { width: Math.ceil(width), height: Math.ceil(height) }
  const drawing = html`<svg class="picture" role="img" aria-label="${label}" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}">${content}</svg>`
  if (width <= widths[kind] * shrinkable[kind]) return html`<div class="${kind}">${drawing}</div>`
  return html`<div class="${kind} scroll over" role="group" tabindex="0" aria-label="${label}">${drawing}</div>`
}
