import { parse, stringify } from 'yaml'
import { randomDesign } from './designs.ts'
import { Dice } from './dice.ts'
import { mutateTree } from './trees.ts'
import { isMapping } from './vocabulary.ts'

/** Pieces that a YAML reader or the checker may stumble over. */
const pieces = [
  ...[
    '\n',
    '  ',
    '\t',
    ': ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '#',
    '&a',
    '*a',
    '!t',
    '|',
    '>',
    '"',
    "'",
    '? ',
    '---\n',
    '%YAML 1.1\n',
  ],
  ...[
    '<<',
    '~',
    'null',
    'true',
    '.nan',
    '-.inf',
    '0x10',
    '0o7',
    '1e999',
    '-1',
    '1_000',
    '±',
    '+-',
    '..',
    ' ± 20%',
    '%',
  ],
  ...['\0', '\u001b[31m', '\u202e', '\ud800', '\u2028', '\ufeff', '😀', '__proto__', 'constructor'],
]

type Mutation = (text: string, dice: Dice, corpus: readonly string[]) => string

const mutations: readonly Mutation[] = [
  (text, dice) => replaced(text, dice, 1, String.fromCharCode(dice.below(0x80))),
  (text, dice) => replaced(text, dice, 1, String.fromCharCode(dice.below(0x10000))),
  (text, dice) => replaced(text, dice, dice.below(12), ''),
  (text, dice) => replaced(text, dice, 0, dice.pick(pieces)),
  (text, dice) => replaced(text, dice, dice.below(200), dice.pick(pieces).repeat(dice.whole(1, 300))),
  (text, dice, corpus) => replaced(text, dice, dice.below(80), excerpt(dice.pick(corpus), dice)),
  (text, dice) => replaced(text, dice, dice.below(80), excerpt(text, dice)),
  exchangeTokens,
  (text, dice, corpus) => replaceToken(text, dice, dice.pick(tokensOf(dice.pick(corpus)))),
  (text, dice) => replaceToken(text, dice, dice.pick(pieces)),
  moveLine,
  (text, dice) => text.slice(0, dice.below(text.length)),
]

/**
 * File number `index` of the seed: a text of the corpus or a random design, changed in bytes, characters, words, lines or
 * branches of its tree, once or a few times. About one in eight is not changed at all.
 */
export function randomText(seed: number, index: number, corpus: readonly string[]): string {
  const dice = new Dice(seed, index, 'random text')
  const isDrawn = corpus.length === 0 || dice.happens(0.25)
  let text = isDrawn ? drawnText(seed, index - (index % filesPerDesign)) : dice.pick(corpus)
  const texts = corpus.length === 0 ? [text] : corpus
  if (dice.happens(0.45)) text = inTree(text, dice, texts)
  const changes = dice.happens(0.45) ? dice.whole(1, 4) : 0
  for (let i = 0; i < changes; i++) text = dice.pick(mutations)(text, dice, texts)
  return text
}

/** Drawing a design costs as much as reading it, so that several files are changed from the same. */
const filesPerDesign = 8

const lastDrawn = { seed: NaN, index: NaN, text: '' }

function drawnText(seed: number, index: number): string {
  if (lastDrawn.seed !== seed || lastDrawn.index !== index)
    Object.assign(lastDrawn, { seed, index, text: stringify(randomDesign(seed, index).document) })
  return lastDrawn.text
}

/** Returns the text with changed branches, or unchanged if its tree has no branches. */
function inTree(text: string, dice: Dice, corpus: readonly string[]): string {
  const tree = treeOf(text)
  const other = treeOf(dice.pick(corpus))
  if (!isMapping(tree) || !isMapping(other)) return text
  return stringify(mutateTree(tree, other, dice), dice.happens(0.2) ? { collectionStyle: 'flow' } : {})
}

/** The same few texts are parsed again and again. */
const trees = new Map<string, unknown>()

function treeOf(text: string): unknown {
  if (trees.size > 500) trees.clear()
  if (!trees.has(text)) trees.set(text, parse(text))
  return trees.get(text)
}

function replaced(text: string, dice: Dice, length: number, by: string): string {
  const at = dice.below(text.length + 1)
  return text.slice(0, at) + by + text.slice(at + length)
}

function excerpt(text: string, dice: Dice): string {
  const at = dice.below(text.length)
  return text.slice(at, at + dice.whole(1, 120))
}

function tokensOf(text: string): readonly string[] {
  return text.split(/([\s{}[\]:,]+)/)
}

function exchangeTokens(text: string, dice: Dice): string {
  const tokens = tokensOf(text)
  const [one, other] = [dice.below(tokens.length), dice.below(tokens.length)]
  return tokens
    .with(one, tokens[other] as string)
    .with(other, tokens[one] as string)
    .join('')
}

function replaceToken(text: string, dice: Dice, by: string): string {
  const tokens = tokensOf(text)
  return tokens.with(dice.below(tokens.length), by).join('')
}

function moveLine(text: string, dice: Dice): string {
  const lines = text.split('\n')
  const [line = ''] = lines.splice(dice.below(lines.length), 1)
  const indented = dice.happens(0.5) ? `${' '.repeat(dice.below(8))}${line.trim()}` : line
  return lines.toSpliced(dice.below(lines.length + 1), 0, indented).join('\n')
}
