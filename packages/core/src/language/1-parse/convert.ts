import { type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type Node as YamlNode } from 'yaml'
import { childPath, type Entry, type MapNode, type Node, type Span } from '../../support/params/node.ts'
import { complain } from '../../support/params/reading.ts'
import type { Place, Problem } from '../../support/problem.ts'
import { deepest, longestKey, mostAliasedValues, mostAliases } from './limits.ts'
import type { Parsed } from './parse.ts'

type PlaceOf = (offset: number, end?: number) => Place

/** Turns a YAML document into our own tree and refuses what designs do not use. */
export function convertDocument(document: Document.Parsed, placeOf: PlaceOf, start: Place): Parsed {
  const conversion = new Conversion(document, placeOf)
  const { directives, contents } = document
  const hasTags = Object.keys(directives.tags).some((handle) => handle !== '!!')
  if (directives.yaml.explicit === true || hasTags) {
    const hint = 'remove the lines that begin with `%`'
    complain(conversion, start, { code: 'yaml-feature-refused', message: 'YAML directives are not supported', hint })
  }
  const root = conversion.convert(contents, { ...start, path: '' }, 0)
  return { root, problems: conversion.problems }
}

class Conversion {
  readonly problems: Problem[] = []
  private readonly document: Document.Parsed
  private readonly placeOf: PlaceOf
  private aliases = 0
  private aliasedValues = 0
  private insideAlias = 0

  constructor(document: Document.Parsed, placeOf: PlaceOf) {
    this.document = document
    this.placeOf = placeOf
  }

  report(problem: Problem): void {
    this.problems.push(problem)
  }

  /** `outer` is where a mapping or list is pointed at: the key that it belongs to. */
  convert(node: unknown, outer: Place, depth: number): Node {
    if (this.insideAlias > 0) this.aliasedValues += 1
    if (depth > deepest) return this.refuse('too-deep', 'the nesting is deeper than 50 levels', outer)
    if (isAlias(node)) return this.expand(node, outer, depth)
    if (hasTag(node)) {
      const message = `the YAML tag \`${node.tag}\` is not supported`
      complain(this, this.ownPlace(node, outer), { code: 'yaml-feature-refused', message, hint: 'remove the tag' })
    }
    const span = spanOf(node)
    if (isMap(node)) return { ...this.convertMap(node.items, outer, depth), ...span }
    if (isSeq(node)) {
      const items = node.items.map((item, index) => {
        const path = childPath(outer.path, index + 1)
        return this.convert(item, this.ownPlace(item, { ...outer, path }, 1), depth + 1)
      })
      return { kind: 'list', items, place: outer, ...span }
    }
    return isScalar(node) ? this.convertScalar(node, outer) : emptyNode(outer)
  }

  private convertScalar(node: Scalar, outer: Place): Node {
    const place = this.ownPlace(node, outer)
    const isEmpty = node.value === null
    const text = typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
    const own = node.source === '' ? { place: outer } : { place, ...spanOf(node) }
    return { kind: 'scalar', text: isEmpty ? '' : text, empty: isEmpty, ...own }
  }

  private convertMap(pairs: readonly Pair[], outer: Place, depth: number): MapNode {
    const entries = new Map<string, Entry>()
    for (const pair of pairs) {
      const key = this.keyOf(pair, outer)
      if (key === undefined) continue
      const { text, place } = key
      if (entries.has(text)) {
        const first = entries.get(text)?.key.line
        const hint = first === undefined ? 'keep one of them' : `keep one of them; the first is on line ${first}`
        complain(this, place, {
          code: 'duplicate-key',
          message: `\`${text}\` is given twice`,
          found: `\`${text}\``,
          hint,
        })
      } else entries.set(text, { key: place, value: this.convert(pair.value, place, depth + 1) })
    }
    return { kind: 'map', entries, place: outer }
  }

  private keyOf({ key }: Pair, outer: Place): { text: string; place: Place } | undefined {
    const own = this.ownPlace(key, outer, 1)
    const isText = isScalar(key) && !hasTag(key) && key.value !== null
    const text = !isText ? '' : typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
    if (text === '') {
      return complain(this, own, { code: 'key-not-text', message: 'the key is not a word', expected: 'a word' })
    }
    if (text.length > longestKey) {
      const message = `the key is longer than ${longestKey} characters`
      return complain(this, own, { code: 'malformed-name', message, expected: 'a word' })
    }
    const place = { ...this.ownPlace(key, outer), path: childPath(outer.path, text) }
    if (text !== '<<') return { text, place }
    const hint = 'write the fields out, or use a preset or a variant'
    return complain(this, place, { code: 'yaml-feature-refused', message: 'YAML merge keys are not supported', hint })
  }

  private expand(alias: { source: string; resolve(document: Document): unknown }, outer: Place, depth: number): Node {
    const place = this.ownPlace(alias, outer)
    this.aliases += 1
    if (this.aliases > mostAliases || this.aliasedValues > mostAliasedValues) {
      return this.refuse('too-many-aliases', 'the design has too many YAML aliases', place)
    }
    const target = alias.resolve(this.document)
    if (target === undefined) return this.refuse('yaml-syntax', `unknown YAML anchor \`${alias.source}\``, place)
    this.insideAlias += 1
    const node = this.convert(target, outer, depth + 1)
    this.insideAlias -= 1
    return node
  }

  /** Reports once; later refusals for the same reason say nothing new. */
  private refuse(code: string, message: string, place: Place): Node {
    const isRepeated = code.startsWith('too-') && this.problems.some((problem) => problem.code === code)
    if (!isRepeated) complain(this, place, { code, message })
    return emptyNode(place)
  }

  private ownPlace(node: unknown, outer: Place, longest = Infinity): Place {
    const range = (node as YamlNode | null)?.range
    if (range === undefined || range === null) return outer
    const { line, column, length } = this.placeOf(range[0], range[1])
    return { ...outer, ...(line && column && length ? { line, column, length: Math.min(length, longest) } : {}) }
  }
}

function spanOf(node: unknown): { readonly span?: Span } {
  const range = (node as YamlNode | null)?.range
  return range === undefined || range === null ? {} : { span: [range[0], range[1]] }
}

function hasTag(node: unknown): node is { tag: string } {
  return typeof node === 'object' && node !== null && 'tag' in node && typeof node.tag === 'string'
}

function emptyNode(place: Place): Node {
  return { kind: 'scalar', text: '', empty: true, place }
}
