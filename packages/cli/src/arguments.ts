/** An objective compares a measure with a bound; no file, variant or number has these signs. */
const comparison = /[<>]/

/**
 * The words of a call as the framework reads them.
 * - `help` and `help test` are `--help` and `test --help`.
 * - `--sensitivity` may stand without an objective before the design: it moves to the end, so that the design is not its value.
 */
export function argumentsOf(words: readonly string[]): readonly string[] {
  if (words[0] === 'help') return [...words.slice(1), '--help']
  const at = words.indexOf('--sensitivity')
  const next = words[at + 1]
  const end = words.indexOf('--')
  if (words[0] !== 'simulate' || at < 0 || next === undefined || comparison.test(next) || next.startsWith('-'))
    return words
  const [before, after] = end < 0 ? [words, []] : [words.slice(0, end), words.slice(end)]
  if (at >= before.length) return words
  return [...before.slice(0, at), ...before.slice(at + 1), '--sensitivity', ...after]
}
