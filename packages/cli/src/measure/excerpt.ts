/** What a line that is missing on one side costs; two lines that are alike are worth 1. */
const gap = 0.3

/**
 * The lines of an output that correspond to an excerpt of an earlier output: those that are most alike when numbers are left out
 * of account. Null where less than half of the excerpt is found again.
 */
export function sameExcerpt(excerpt: string, output: string): string | null {
  const old = excerpt.split('\n')
  const now = output.split('\n')
  const { scores, starts } = align(old, now)
  const best = scores.reduce((at, score, i) => (score > (scores[at] as number) ? i : at), 0)
  if ((scores[best] as number) < old.length / 2) return null
  return now.slice(starts[best] as number, best).join('\n')
}

/** For each end in the output: how well all of the excerpt fits before it, and where it then begins. */
function align(old: readonly string[], now: readonly string[]) {
  const words = now.map(wordsOf)
  let scores = new Float64Array(now.length + 1)
  let starts = Int32Array.from(scores, (_, i) => i)
  for (const line of old.map(wordsOf)) {
    const next = new Float64Array(scores.length)
    const from = new Int32Array(scores.length)
    next[0] = (scores[0] as number) - gap
    for (let i = 1; i < scores.length; i++) {
      const options = [
        { score: (scores[i - 1] as number) + likeness(line, words[i - 1] as string[]), start: starts[i - 1] as number },
        { score: (scores[i] as number) - gap, start: starts[i] as number },
        { score: (next[i - 1] as number) - gap, start: from[i - 1] as number },
      ]
      const best = options.reduce((a, b) => (b.score > a.score ? b : a))
      next[i] = best.score
      from[i] = best.start
    }
    scores = next
    starts = from
  }
  return { scores, starts }
}

function wordsOf(line: string): string[] {
  return line
    .replace(/\d[\d.,]*/g, '#')
    .split(/\s+/)
    .filter((word) => word !== '')
}

/** The share of words that two lines have in common, from -1 for none to 1 for all. */
function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1
  const left = [...b]
  const common = a.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }).length
  return (4 * common) / (a.length + b.length) - 1
}
