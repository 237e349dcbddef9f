import { printNotation } from '../support/params/node.ts'
import type { Param, Params } from '../support/params/param.ts'
import { listWords } from '../support/suggest.ts'
import type { Field } from './entry.ts'

/** The fields of a definition as a table shows them; fields of fields follow their owner: `retry.attempts`. */
export function fieldsOf(params: Params, prefix = ''): readonly Field[] {
  return Object.entries(params).flatMap(([key, param]) => {
    const name = `${prefix}${key}`
    return [fieldOf(name, param), ...fieldsInside(name, param)]
  })
}

function fieldsInside(name: string, { kind, facts = {} }: Param<unknown>): readonly Field[] {
  if (facts.fields !== undefined) return fieldsOf(facts.fields, `${name}.`)
  const [only] = facts.of ?? []
  if ((kind !== 'named' && kind !== 'list') || only?.facts?.fields === undefined) return []
  return fieldsOf(only.facts.fields, `${name}.${kind === 'named' ? '<name>' : '<number>'}.`)
}

function fieldOf(name: string, param: Param<unknown>): Field {
  const { facts = {}, source } = param
  const bounds = facts.bounds ?? (param.kind === 'choice' ? listWords(facts.words ?? []) : undefined)
  return {
    name,
    written: writtenOf(param),
    meaning: param.meaning,
    required: param.default === undefined && param.optional !== true,
    ...(param.default === undefined ? {} : { default: printNotation(param.default) }),
    ...(bounds === undefined ? {} : { bounds: bounds.replaceAll('`', '') }),
    ...(source === undefined ? {} : { source }),
  }
}

/** Kinds of value whose word says enough; of the others, what one writes. */
function writtenOf(param: Param<unknown>): string {
  const { kind, facts = {} } = param
  if (kind === 'policy' || kind === 'steps') return facts.family?.().family ?? kind
  if (kind === 'distribution') return `distribution of a ${facts.words?.join(' or ') ?? 'quantity'}`
  if (kind === 'either') return (facts.of ?? []).map(eitherOf).join(' or ')
  if (kind === 'list') return `list: each ${(facts.of ?? []).map(writtenOf).join('')}`
  if (kind === 'named') return `mapping by name: each ${(facts.of ?? []).map(writtenOf).join('')}`
  if (kind === 'record') return facts.main === undefined ? 'mapping' : `mapping, or \`${facts.main}\` alone`
  if (kind === 'choice') return 'word'
  return kind
}

function eitherOf(param: Param<unknown>): string {
  return param.kind === 'choice'
    ? (param.facts?.words ?? []).map((word) => `\`${word}\``).join(' or ')
    : writtenOf(param)
}
