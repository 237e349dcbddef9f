/**
 * The word in the form in which words are compared: lower case, without blanks and hyphens, American spelling, and
 * singular. `Hot keys`, `hot-key` and `hotkey` are one word, as are `data centre` and `data-centers`.
 */
export function wordKey(word: string): string {
  const parts = word
    .slice(0, longestWord)
    .toLowerCase()
    .replaceAll('`', '')
    .split(/[\s_-]+/)
    .map((part) => american(singular(part)))
  return parts.join('')
}

/** Comparing is dear, and no word of the field is longer. */
const longestWord = 200

function singular(word: string): string {
  if (word.length < 4) return word
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(sh|ss|x)es$/.test(word)) return word.slice(0, -2)
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}

function american(word: string): string {
  return word
    .replace(/our$/, 'or')
    .replace(/is(e|ed|er|ing|ation)$/, 'iz$1')
    .replace(/([^e])tre$/, '$1ter')
    .replace(/ll(ed|er|ing)$/, 'l$1')
}

/** The first sentence of a text. */
export function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/s.exec(text)?.[0].slice(0, -1) ?? text
}
