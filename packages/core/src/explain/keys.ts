import { blocks } from '../blocks/index.ts'
import { guardParams } from '../calls/guards/params.ts'
import type { Param, Params } from '../support/params/param.ts'
import { type Entry, entry, type Field } from './entry.ts'
import { fieldsOf } from './fields.ts'
import { allFields, type Owned } from './owned-fields.ts'
import { linesAt, sampleBlock, sampleRecord } from './sample.ts'
import { wordKey } from './word.ts'

/** Names of fields, each with everything that has it. */
export function keyEntries(): readonly Entry[] {
  const words = [...new Set(allFields.map(({ at }) => lastOf(at)))].sort()
  return words.map((word) => keyEntry(word, havingPath(word)))
}

/** The field that a path ends with, or none: `calls.breaker`, `pool.timeout`. */
export function fieldAtPath(path: string): readonly Entry[] {
  const having = path.includes('.') ? havingPath(path) : []
  return having.length === 0 ? [] : [keyEntry(lastOf(having[0]?.at ?? ''), having)]
}

function havingPath(path: string): readonly Owned[] {
  const wanted = segmentKeys(path)
  return allFields.filter(({ at }) => {
    const segments = segmentKeys(at)
    return wanted.every((segment, i) => segment === segments[segments.length - wanted.length + i])
  })
}

function segmentKeys(path: string): readonly string[] {
  return path.split('.').map(wordKey)
}

function keyEntry(word: string, having: readonly Owned[]): Entry {
  const meanings = [...new Set(having.map(({ param }) => param.meaning))]
  const [only = ''] = meanings
  const isOne = meanings.length === 1
  const aliases = [...new Set(having.flatMap(({ param: { formerly } }) => formerly ?? []))]
  return entry({
    word,
    family: 'key',
    title: `Key \`${word}\``,
    summary: isOne ? only : 'Its meaning depends on the field:',
    aliases,
    written: isOne && Object.hasOwn(guardParams, word) ? guardForms(word, having) : [],
    fields: isOne ? fieldsOfKey(word, having) : [],
    example: isOne ? exampleOfKey(word, having) : undefined,
    standsAt: having.map(({ at }) => at),
    members: isOne ? [] : meanings.map((meaning) => meantAt(meaning, having)),
  })
}

/** One meaning of a key that has several, with all fields that share it. */
function meantAt(meaning: string, having: readonly Owned[]): Entry['members'][number] {
  const places = having.filter(({ param }) => param.meaning === meaning).map(({ at }) => at)
  return { name: places.join(', '), summary: meaning }
}

/** A guard is written for all calls to a block, never at one call. */
function guardForms(word: string, having: readonly Owned[]): readonly string[] {
  const value = having[0]?.param.facts?.main ?? 'value'
  return [`calls: { {block}: { ${word}: {${value}} } }`, `defaults: { call: { ${word}: {${value}} } }`]
}

/** Its value, and the fields in it: of a policy, those of all members of the family. */
function fieldsOfKey(word: string, having: readonly Owned[]): readonly Field[] {
  const param = having.find((one) => one.param.default !== undefined)?.param ?? having[0]?.param
  if (param === undefined) return []
  const common = param.kind === 'policy' ? fieldsOf(commonParams(param), `${word}.`) : []
  return [...fieldsOf({ [word]: param }), ...common]
}

function commonParams({ facts }: Param<unknown>): Params {
  const [first, ...others] = facts?.family?.().members ?? []
  const fields = Object.entries(first?.params ?? {})
  return Object.fromEntries(
    fields.filter(([name, { meaning }]) => others.every(({ params }) => params[name]?.meaning === meaning)),
  )
}

/** Of a mapping: how a block writes it for itself, or a service for its calls to a block. */
function exampleOfKey(word: string, having: readonly Owned[]): string | undefined {
  const param = having[0]?.param
  if (param?.kind !== 'record') return undefined
  const value = sampleRecord(param)
  if (having.some(({ at }) => at === `service.calls.${word}`)) {
    return linesAt(`blocks.${sampleBlock('service')}.calls.${sampleBlock('cache')}`, { [word]: value })
  }
  const block = blocks.members.find(({ name }) => having.some(({ at }) => at === `${name}.${word}`))
  return block && linesAt(`blocks.${sampleBlock(block.name)}`, { [word]: value })
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}
