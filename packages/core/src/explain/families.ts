import type { Param } from '../support/params/param.ts'
import { type Entry, entry } from './entry.ts'
import { allFields, families } from './owned-fields.ts'
import { firstSentence } from './word.ts'

/** Other words for a family than its own name and the fields in which its members can stand. */
const otherWords: Readonly<Record<string, readonly string[]>> = {
  block: ['type', 'block type', 'component', 'element'],
  preset: ['like'],
  'review rule': ['rule', 'review', 'finding', 'lint'],
  problem: ['mistake', 'error code'],
  'reason of failure': ['reason', 'failure reason', 'cause of failure'],
  'kind of value': ['unit', 'quantity', 'dimension'],
  distribution: ['law', 'probability distribution'],
  'eviction policy': ['evictor', 'replacement policy', 'cache replacement'],
  'choice of a balancer': ['load-balancing', 'balancing', 'balancing algorithm', 'chooser'],
  'key popularity': ['popularity', 'skew', 'key distribution'],
  'update policy of a cache': ['caching strategy', 'caching pattern', 'write policy'],
  'spread over nodes': ['sharding function', 'partitioner', 'hash'],
  'arrival process': ['arrivals', 'inter-arrival time'],
  'trace format': ['log format'],
  'back-off': ['retry policy', 'retry pause'],
}

/** An entry for each family: its members, each with its one line. */
export function familyEntries(entries: readonly Entry[]): readonly Entry[] {
  return [...new Set(entries.map(({ family }) => family))].filter(isListed).map((family) => {
    const members = entries.filter((one) => one.family === family)
    return entry({
      word: family,
      family: 'family',
      title: `${members.length} members`,
      summary: 'Each member has an entry of its own.',
      aliases: [...fieldNames(family), ...(otherWords[family] ?? [])],
      members: members.map(({ word, summary }) => ({ name: word, summary: firstSentence(summary) })),
    })
  })
}

/** Keys and products are too many and too different to be a family. */
function isListed(family: string): boolean {
  return family !== 'key' && family !== 'product'
}

/** The fields in which a member of the family is chosen by name: `eviction`. */
function fieldNames(family: string): readonly string[] {
  const registry = families.find((one) => one.family === family)
  const chooses = ({ kind, facts }: Param<unknown>) => kind === 'policy' && facts?.family?.() === registry
  const names = allFields.filter(({ param }) => registry !== undefined && chooses(param)).map(({ at }) => lastOf(at))
  return [...new Set(names)]
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
