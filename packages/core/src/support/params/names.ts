import type { Place } from '../problem.ts'
import { describe } from './node.ts'
import { complain, type Reading } from './reading.ts'

export const namePattern = '^[a-z][a-z0-9-]*$'
const name = new RegExp(namePattern)

/**
 * Sections of a design; words that some reader of YAML changes; and a word that means something on every object of
 * JavaScript, where designs are data.
 */
const reserved = new Set([
  ...['loadpath', 'name', 'about', 'traffic', 'blocks', 'faults', 'run', 'objectives', 'variants', 'accept'],
  ...['on', 'off', 'yes', 'no', 'y', 'n', 'true', 'false', 'null', 'constructor'],
])

/** True if the word may name something of the user's; reports why not. */
export function checkName(
  word: string,
  place: Place,
  reading: Pick<Reading, 'report'>,
  alsoReserved?: ReadonlySet<string>,
): boolean {
  const found = describe({ kind: 'scalar', text: word, empty: word === '', place })
  const fault = (code: string, message: string, expected: string): false => {
    complain(reading, place, { code, message, expected, found })
    return false
  }
  const expected = 'lower-case letters, digits and hyphens, beginning with a letter'
  if (word.length > 64) return fault('malformed-name', 'the name is longer than 64 characters', 'a shorter name')
  if (!name.test(word)) return fault('malformed-name', `invalid name ${found}`, expected)
  if (!reserved.has(word) && !alsoReserved?.has(word)) return true
  return fault('reserved-name', `the name \`${word}\` is reserved`, 'another name')
}
