import { type Content, html, Markup } from './markup.ts'

/** Intervals and ranges that read as one number: `± 0.3`, `(296.3–299.3)`, `1.0–2.0 min`. */
const together =
  /(±\s[\d.,]+|\((?:above |below )?[\d.,–]+(?:\s%)?\)|[$]?\d[\d.,]*–[\d.,]+(?:\s(?:%|[nµm]?s|min|h)|\/s|\/min|\/h)?)/u

/** Words longer than this get extra places to break: after a punctuation mark within them. */
const longWord = 16

const wordBreak = new Markup('<wbr>')

/**
 * Marks where text in a narrow cell may break: after punctuation within long words such as paths and addresses, and
 * nowhere within an interval. Words themselves stay whole.
 */
export function breakable(text: string): Content {
  return text.split(together).map((part, i) => (i % 2 === 1 ? html`<span class="whole">${part}</span>` : words(part)))
}

function words(text: string): Content {
  return text.split(/(\s+)/u).map((word) => (word.length <= longWord ? word : pieces(word)))
}

function pieces(word: string): Content {
  return word.split(/(?<=[./:?&=_,-])(?=[\p{L}\p{N}])/u).map((piece, i) => (i === 0 ? piece : [wordBreak, piece]))
}
