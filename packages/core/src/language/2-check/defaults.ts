import { readFields } from '../../support/params/fields.ts'
import { filledFrom, optionalFields } from '../../support/params/inherited.ts'
import { describe, type MapNode, type Node } from '../../support/params/node.ts'
import type { Params } from '../../support/params/param.ts'
import { complain, type Reading } from '../../support/params/reading.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import type { BlockDefinition, Catalogue } from '../catalogue.ts'
import { readTopMap } from './sections.ts'

/** The section `defaults`: what is said once for all calls, all requests and all blocks of a type. */
export interface Defaults {
  /** What blocks of this type begin with. */
  filled(node: MapNode, type: BlockDefinition): MapNode
  /** The same reading for what stands inside a block or a source. */
  inside(node: MapNode, reading: Reading): Reading
}

export function readDefaults(top: MapNode, catalogue: Catalogue, reading: Reading): Defaults {
  const said = new Map<string, MapNode>()
  for (const [word, { key, value }] of readTopMap(top, 'defaults', false, reading)) {
    const type = catalogue.blocks.find(word)
    const params = type?.params ?? catalogue.inherited?.[word]
    if (params === undefined) {
      const known = [...Object.keys(catalogue.inherited ?? {}), ...catalogue.blocks.names]
      complain(reading, key, {
        code: 'unknown-name',
        message: `there are no defaults for \`${word}\``,
        expected: listWords(known),
        found: `\`${word}\``,
        hint: () => didYouMean(word, known),
      })
    } else if (checkOnce(value, params, type === undefined ? [] : ['like'], reading)) {
      said.set(type?.name ?? word, value as MapNode)
    }
  }
  return {
    filled: (node, type) => filledFrom(node, said.get(type.name), type.params, ['like']),
    inside: (node, outer) => ({
      ...outer,
      inherited: (word, target) => [callsTo(target, word, node), said.get(word)].filter((one) => one !== undefined),
    }),
  }
}

/** What a block says of its calls to another. */
function callsTo(target: string | undefined, word: string, node: MapNode): MapNode | undefined {
  const calls = word === 'call' ? node.entries.get('calls')?.value : undefined
  const own = calls?.kind === 'map' && target !== undefined ? calls.entries.get(target)?.value : undefined
  return own?.kind === 'map' ? own : undefined
}

/** Finds the mistakes in what is said for many, even if nobody inherits it. */
function checkOnce(node: Node, params: Params, others: readonly string[], reading: Reading): boolean {
  if (node.kind === 'map') {
    readFields(node, { params: optionalFields(params) }, { ...reading, assume: () => undefined }, others)
    return true
  }
  const message = `\`${node.place.path}\` must be a mapping`
  complain(reading, node.place, { code: 'wrong-form', message, expected: 'a mapping', found: describe(node) })
  return false
}
