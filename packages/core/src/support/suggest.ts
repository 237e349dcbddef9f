/** Comparing is dear, and a design may be hostile. */
const mostCandidates = 500

export interface Nearness {
  /** How many candidates are looked at. */
  readonly candidates?: number
  /** Letters that may be wrong: one in three if absent. */
  readonly edits?: number
}

/** The candidate that was most likely meant, or undefined if none is near. */
export function nearest(word: string, candidates: Iterable<string>, most: Nearness = {}): string | undefined {
  const wanted = fold(word)
  const allowed = most.edits ?? Math.max(1, Math.floor(wanted.length / 3))
  const mostLooked = most.candidates ?? mostCandidates
  let best: string | undefined
  let bestDistance = allowed + 1
  let looked = 0
  for (const candidate of candidates) {
    if (looked++ >= mostLooked) break
    const distance = distanceBetween(wanted, fold(candidate), bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean `x`?`, or undefined when nothing is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const found = nearest(word, candidates)
  return found === undefined ? undefined : `did you mean \`${found}\`?`
}

/** The words in backticks, for messages; long lists are cut. */
export function listWords(words: readonly string[], last: 'or' | 'and' = 'or'): string {
  const shown = words.slice(0, 20).map((word) => `\`${word}\``)
  if (words.length > shown.length) return `${shown.join(', ')} and ${words.length - shown.length} more`
  if (shown.length < 2) return shown.join('')
  return `${shown.slice(0, -1).join(', ')} ${last} ${shown[shown.length - 1]}`
}

/** Brings the two spellings of English, and the two ways of joining words, together. */
function fold(word: string): string {
  return word
    .slice(0, 64)
    .toLowerCase()
    .replace(/[_\s]/g, '-')
    .replace(/our\b/g, 'or')
    .replace(/is(e|ed|er|ing|ation)\b/g, 'iz$1')
    .replace(/re\b/g, 'er')
    .replace(/ll(ed|er|ing)\b/g, 'l$1')
}

/** Edits (insert, delete, replace, swap neighbours) between two words; gives up at `limit`. */
function distanceBetween(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      let least = Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (row > 1 && column > 1 && swapped) least = Math.min(least, (beforePrevious[column - 2] ?? 0) + 1)
      current.push(least)
    }
    beforePrevious = previous
    previous = current
  }
  return Math.min(previous[b.length] ?? limit, limit)
}
