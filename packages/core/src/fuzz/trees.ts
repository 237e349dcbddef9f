import { catalogue } from '../experiment/catalogue.ts'
import type { Notation } from '../support/params.ts'
import type { Dice } from './dice.ts'
import { drawValue, isMapping, type Mapping } from './vocabulary.ts'

/** A way to a part of a tree. */
export type Path = readonly (string | number)[]

/** Numbers and words that are too much, too little, or something else. */
const extremes: readonly Notation[] = [
  ...[
    '0',
    '-1',
    '1e21',
    '1e-21',
    '1e308',
    '9007199254740993',
    '1e15/s',
    '1e-15/s',
    '0.0001ms',
    '1e6h',
    '1e15B',
    '1PiB',
  ],
  ...[
    '0s',
    '0ms',
    '0/s',
    '0%',
    '100%',
    '101%',
    '-5ms',
    '1G',
    '999999999',
    '10000',
    '1000',
    '5ms..1ms',
    '1ms..1h',
    '5 ± 100%',
  ],
  ...[
    'unlimited',
    'event-loop',
    'exponential 1h',
    'constant 0s',
    'pareto',
    'zipf 0 over 1',
    'zipf 99 over 1G',
    'session',
  ],
  ...['', 'x'.repeat(300), 'any', 'web.1', 'web.9999999', '../x', null, true, 0, -1, 1e9, 1.5, [], {}, [[]], [{}]],
]

/** Every part of a tree, the whole first. */
export function pathsOf(tree: Notation, above: Path = []): readonly Path[] {
  if (typeof tree !== 'object' || tree === null) return [above]
  const keys = Array.isArray(tree) ? tree.map((_, i) => i) : Object.keys(tree)
  return [above, ...keys.flatMap((key) => pathsOf(partAt(tree, [key]), [...above, key]))]
}

export function partAt(tree: Notation, path: Path): Notation {
  let part = tree
  for (const key of path) part = (part as Readonly<Record<string | number, Notation>>)[key] as Notation
  return part
}

/** The tree with another part at `path`, or without it if it is undefined. */
export function withPart(tree: Notation, path: Path, part: Notation | undefined): Notation {
  const [key, ...rest] = path
  if (key === undefined) return part ?? null
  const inner = rest.length === 0 ? part : withPart(partAt(tree, [key]), rest, part)
  if (Array.isArray(tree))
    return inner === undefined ? tree.toSpliced(key as number, 1) : tree.with(key as number, inner)
  const { [key]: _, ...others } = tree as Mapping
  return inner === undefined ? others : { ...(tree as Mapping), [key]: inner }
}

/** The tree with one to three of its parts removed, exchanged, replaced by something drawn, extreme or of another tree. */
export function mutateTree(tree: Mapping, other: Mapping, dice: Dice): Notation {
  let changed: Notation = tree
  for (let i = dice.whole(1, 3); i > 0; i--) changed = mutateOnce(changed, other, dice)
  return changed
}

function mutateOnce(tree: Notation, other: Mapping, dice: Dice): Notation {
  const path = dice.pick(pathsOf(tree))
  const roll = dice.next()
  if (roll < 0.15) return path.length === 0 ? tree : withPart(tree, path, undefined)
  if (roll < 0.4) return withPart(tree, path, dice.pick(extremes))
  if (roll < 0.6) return withPart(tree, path, partAt(other, dice.pick(pathsOf(other))))
  if (roll < 0.7) return withPart(tree, path, partAt(tree, dice.pick(pathsOf(tree))))
  if (roll < 0.85) return withField(tree, path, other, dice)
  return withDrawn(tree, path, dice)
}

/** A field of another mapping put into this one: the same, or one that does not belong there. */
function withField(tree: Notation, path: Path, other: Mapping, dice: Dice): Notation {
  const from = dice.pick(pathsOf(other).filter((one) => one.length > 0))
  const part = partAt(tree, path)
  if (!isMapping(part)) return withPart(tree, path, partAt(other, from))
  return withPart(tree, path, { ...part, [String(from.at(-1))]: partAt(other, from) })
}

/** A field of some block, drawn as the catalogue has it, put where a mapping is. */
function withDrawn(tree: Notation, path: Path, dice: Dice): Notation {
  const [name, param] = dice.pick(Object.entries(dice.pick(catalogue.blocks.members).params))
  const blocks = isMapping(tree) && isMapping(tree.blocks) ? Object.keys(tree.blocks) : []
  const refer = () => (blocks.length === 0 ? 'nothing' : dice.pick(blocks))
  const drawn = drawValue(param, { dice, refer, uncertain: 0.1, depth: 3 })
  const part = partAt(tree, path)
  if (drawn === undefined) return tree
  return withPart(tree, path, isMapping(part) ? { ...part, [name]: drawn } : drawn)
}
