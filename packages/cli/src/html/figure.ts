import { type Content, html, type Markup, nothing } from './markup.ts'
import { idOf, type Place } from './place.ts'

/** Widths, in CSS px, for which pictures are drawn. The style sheet shows the one that fits. */
export const widths = { wide: 960, narrow: 350 } as const

export type Width = (typeof widths)[keyof typeof widths]

export interface Picture {
  readonly width: number
  readonly height: number
  readonly content: Content
}

export interface FigureOptions {
  readonly title: string
  /** Text alternative of the picture: one or two sentences. */
  readonly summary: string
  readonly draw: (width: Width) => Picture
  /** Legend above the picture. */
  readonly key?: Markup
  /** Explanation below the picture. */
  readonly note?: Content
  /** The data of the picture. */
  readonly table?: Markup
}

/** Returns a picture with its title and text alternative, and its data behind a fold. */
export function figure(place: Place, { title, summary, draw, key, note, table }: FigureOptions): Markup {
  const id = idOf(place, `figure ${title}`)
  return html`<figure aria-labelledby="${id}">
<figcaption id="${id}">${title}</figcaption>
${key}
${picture(draw(widths.wide), `${title}. ${summary}`, 'wide')}
${picture(draw(widths.narrow), `${title}. ${summary}`, 'narrow')}
${note === undefined ? nothing : html`<p class="note">${note}</p>`}
${table === undefined ? nothing : html`<details><summary>Data: ${title}</summary>${table}</details>`}
</figure>
`
}

/** Largest width relative to the page at which a picture is still legible when shrunk to fit. */
const shrinkable = { wide: 1.35, narrow: 1.15 } as const

/** Returns a picture that shrinks if it is slightly too wide, and scrolls in its own box if it is wider. */
function picture({ width, height, content }: Picture, label: string, kind: 'wide' | 'narrow'): Markup {
  const size = { width: Math.ceil(width), height: Math.ceil(height) }
  const drawing = html`<svg class="picture" role="img" aria-label="${label}" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}">${content}</svg>`
  if (width <= widths[kind] * shrinkable[kind]) return html`<div class="${kind}">${drawing}</div>`
  return html`<div class="${kind}"><p class="cue">Scroll sideways to see the whole picture <span aria-hidden="true">→</span></p>
<div class="scroll over" role="group" tabindex="0" aria-label="${label}">${drawing}</div></div>`
}
