import { didYouMean, listWords } from '../suggest.ts'
import { describe, fieldAt, type Node, type ScalarNode } from './node.ts'
import type { Defaulted, Described, Optional, Param, ParamKind, Presence, Required } from './param.ts'
import { presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described } from './schema.ts'

interface ChoiceOptions<W extends string> {
  readonly words: readonly W[]
  /** Older words that lead to the new ones. */
  readonly aliases?: Readonly<Record<string, W>>
}

/** One of a few words. */
export function choice<const W extends string>(
  options: ChoiceOptions<W> & Described & Optional,
): Param<W | undefined, W | undefined>
export function choice<const W extends string>(
  options: ChoiceOptions<W> & Described & Defaulted<NoInfer<W>>,
): Param<W, W | undefined>
export function choice<const W extends string>(options: ChoiceOptions<W> & Described & Required): Param<W, W>
export function choice(options: ChoiceOptions<string> & Described & Presence): Param<string | undefined> {
  const { words, aliases = {} } = options
  const understood = [...words, ...Object.keys(aliases)]
  const expected = listWords(words)
  return {
    ...presence(options),
    kind: 'choice',
    expected,
    facts: { words },
    read: (node, reading) => readWord(node, words, aliases, reading),
    fits: (node) =>
      node.kind !== 'scalar' ? 0 : understood.includes(node.text) ? 2 : /^[a-z]/i.test(node.text) ? 1 : 0,
    schema: () => described({ type: 'string', enum: understood }, options.meaning),
  }
}

function readWord(
  node: Node,
  words: readonly string[],
  aliases: Readonly<Record<string, string>>,
  reading: Reading,
): string | undefined {
  const expected = listWords(words)
  const text = readText(node, expected, reading)
  if (text === undefined || words.includes(text)) return text
  const canonical = Object.hasOwn(aliases, text) ? aliases[text] : undefined
  if (canonical === undefined) {
    const message = `unknown value ${describe(node)} for ${fieldAt(node.place)}`
    const hint = () => didYouMean(text, [...words, ...Object.keys(aliases)])
    return complain(reading, node.place, { code: 'unknown-name', message, expected, found: describe(node), hint })
  }
  reportOlderWord(node.place, text, canonical, reading)
  return canonical
}

/** Warns of an alias and notes how `check --fix` rewrites it. */
export function reportOlderWord(place: ScalarNode['place'], from: string, to: string, reading: Reading): void {
  const message = `\`${from}\` is another word for \`${to}\``
  complain(reading, place, {
    code: 'older-word',
    severity: 'warning',
    message,
    expected: `\`${to}\``,
    found: `\`${from}\``,
    hint: `write \`${to}\`, or run \`loadpath check --fix\``,
  })
  reading.rewrite({ place, from, to })
}

/** The text of a scalar, or undefined after having reported that something else stands there. */
export function readText(node: Node, expected: string, reading: Reading): string | undefined {
  if (node.kind === 'scalar' && !node.empty) return node.text
  const field = fieldAt(node.place)
  const message = node.kind === 'scalar' ? `${field} has no value` : `${field} must be a single value`
  return complain(reading, node.place, { code: 'wrong-form', message, expected, found: describe(node) })
}

/** Any text. */
export const text: ParamKind<unknown, string, string> = (options: Described & Presence): Param<never, never> => ({
  ...presence(options),
  kind: 'text',
  expected: 'a text',
  read: (node, reading) => readText(node, 'a text', reading) as never,
  fits: (node) => (node.kind === 'scalar' ? 1 : 0),
  schema: () => described({ type: ['string', 'number', 'boolean'] }, options.meaning),
})
