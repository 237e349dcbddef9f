import { describe, type Node } from '../../support/params/node.ts'
import { type Complaint, complain, type Reading } from '../../support/params/reading.ts'
import { didYouMean, listWords } from '../../support/suggest.ts'
import { dimensions, parseQuantity } from '../../support/units.ts'
import type { Catalogue, MeasureDefinition } from '../catalogue.ts'
import type { Objective, Operator } from '../design.ts'
import { findSubject, type SubjectParts } from './subjects.ts'

const sentence =
  /^(?<left>[a-z][a-z0-9.-]*)\s*(?<operator><=|>=|<|>)\s*(?<bound>[^<>=]+?)(?:\s+from\s+(?<from>\S.*?)\s+to\s+(?<to>\S.*))?$/
const percentilePattern = /^(?:(?<subject>.*)\.)?p(?<percentile>\d{1,2}(?:\.\d{1,3})?)$/
const example = '`view.p99 < 200ms` or `availability >= 99.9%`'

interface Written {
  readonly left: string
  readonly operator: Operator
  readonly bound: string
  readonly from?: string
  readonly to?: string
}

/** One objective: a sentence, or a mapping with the sentence and the variant that it holds for. */
export function readObjective(
  node: Node,
  parts: SubjectParts,
  variants: readonly string[],
  catalogue: Catalogue,
  reading: Reading,
): Objective | undefined {
  if (node.kind !== 'map') return readSentence(node, parts, catalogue, reading)
  for (const [key, { key: place }] of node.entries) {
    if (key !== 'that' && key !== 'in') {
      const message = `\`${key}\` is not a field here`
      complain(reading, place, { code: 'unknown-field', message, expected: '`that` or `in`', found: `\`${key}\`` })
    }
  }
  const that = node.entries.get('that')?.value
  const variant = node.entries.get('in')?.value
  if (that === undefined) {
    const place = { ...node.place, path: `${node.place.path}.that` }
    return complain(reading, place, {
      code: 'missing-field',
      message: '`that` is missing: the objective',
      expected: example,
    })
  }
  const objective = readSentence(that, parts, catalogue, reading)
  if (variant === undefined || objective === undefined) return objective
  if (variant.kind === 'scalar' && variants.includes(variant.text)) return { ...objective, variant: variant.text }
  const word = variant.kind === 'scalar' ? variant.text : ''
  const message = `there is no variant ${describe(variant)}`
  const hint = didYouMean(word, variants)
  return complain(reading, variant.place, {
    code: 'unknown-name',
    message,
    expected: listWords(variants),
    found: describe(variant),
    hint,
  })
}

function readSentence(node: Node, parts: SubjectParts, catalogue: Catalogue, reading: Reading): Objective | undefined {
  const fault = (complaint: Complaint) => complain(reading, node.place, { found: describe(node), ...complaint })
  const isText = node.kind === 'scalar' && !node.empty && node.text.length <= 300
  const written = isText ? (sentence.exec(node.text.trim())?.groups as Written | undefined) : undefined
  if (!isText || written === undefined) {
    const isEquation = node.kind === 'scalar' && /[^<>]=/.test(node.text.slice(0, 300))
    const hint = isEquation ? 'compare with `<`, `<=`, `>` or `>=`' : undefined
    return fault({ code: 'malformed-objective', message: 'this is not an objective', expected: example, hint })
  }
  const named = findMeasure(written.left, catalogue)
  if ('code' in named) return fault(named)
  const { measure, percentile } = named
  const found = findSubject(named.subject, measure, parts)
  if ('code' in found) return fault(found)
  const bound = parseQuantity(written.bound, measure.dimension)
  if ('code' in bound) {
    const { article, example: usual } = dimensions[measure.dimension]
    return fault({
      message: `\`${written.left}\` is ${article}`,
      expected: `${article} such as \`${usual}\``,
      hint: undefined,
      ...bound,
    })
  }
  const window = readWindow(written)
  if (window !== undefined && 'code' in window) return fault(window)
  const { place } = node
  return {
    text: node.text.trim(),
    ...found,
    measure: measure.name,
    ...(percentile === undefined ? {} : { percentile }),
    operator: written.operator,
    bound: bound.value,
    dimension: measure.dimension,
    ...(window === undefined ? {} : { window }),
    path: place.path,
  }
}

interface NamedMeasure {
  readonly measure: MeasureDefinition
  readonly percentile?: number
  readonly subject: string
}

function findMeasure(left: string, { measures }: Catalogue): NamedMeasure | Complaint {
  const groups = percentilePattern.exec(left)?.groups
  const member = measures.find('percentile')
  if (groups?.percentile !== undefined && member !== undefined) {
    const percentile = Number(groups.percentile)
    const isUsable = percentile >= 1 && percentile <= 99.999
    if (isUsable) return { measure: member, percentile, subject: groups.subject ?? '' }
    return {
      code: 'out-of-range',
      message: `there is no percentile \`p${groups.percentile}\``,
      expected: '`p1` to `p99.999`',
    }
  }
  const segments = left.split('.')
  const word = segments.pop() ?? ''
  const measure = measures.find(word)
  const names = [...measures.names.filter((name) => name !== 'percentile'), 'p50', 'p99', 'p99.9']
  if (measure === undefined || measure.name === 'percentile') {
    const message = `there is no measure \`${word}\``
    return {
      code: 'unknown-name',
      message,
      expected: listWords(names),
      found: `\`${word}\``,
      hint: didYouMean(word, names),
    }
  }
  return { measure, subject: segments.join('.') }
}

function readWindow({ from, to }: Written): { fromMs: number; toMs: number } | Complaint | undefined {
  if (from === undefined || to === undefined) return undefined
  const begin = parseQuantity(from, 'duration')
  const end = parseQuantity(to, 'duration')
  const expected = 'a window such as `from 60s to 100s`'
  if ('code' in begin)
    return { message: 'the window does not begin with a duration', expected, hint: undefined, ...begin }
  if ('code' in end) return { message: 'the window does not end with a duration', expected, hint: undefined, ...end }
  if (begin.value >= 0 && begin.value < end.value) return { fromMs: begin.value, toMs: end.value }
  return { code: 'out-of-range', message: 'the window ends before it begins', expected }
}
