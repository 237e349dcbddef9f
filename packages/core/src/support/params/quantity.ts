import { invariant } from '../invariant.ts'
import { listWords } from '../suggest.ts'
import {
  type Dimension,
  dimensions,
  looksLikeQuantity,
  parseQuantity,
  printQuantity,
  quantityPatternSource,
} from '../units.ts'
import { describe, fieldAt, type Node, type ScalarNode } from './node.ts'
import { type Described, type Param, type ParamKind, type Presence, presence } from './param.ts'
import { complain, type Reading } from './reading.ts'
import { described, type JsonSchema, patterned } from './schema.ts'
import { parseRange, printRange, type Range, type Uncertain } from './uncertain.ts'

/** Bounds in the notation of a design, or as numbers in base units. */
export interface Bounds {
  readonly min?: string | number
  readonly max?: string | number
  /** A lower bound that the value may not equal. */
  readonly above?: string | number
}

interface NumericBounds {
  readonly min: number
  readonly max: number
  readonly above: number
}

export interface QuantityLimits extends NumericBounds {
  readonly dimension: Dimension
}

/** Time, in milliseconds. */
export const duration = quantityKind<string>('duration', 'duration', { min: 0 })
/** Cycles per second: of the clock of a processor, in Hz. */
export const frequency = quantityKind<string>('frequency', 'frequency', { above: 0 })
/** Data, in bytes. */
export const size = quantityKind<string>('size', 'size', { min: 0 })
/** Data per time, in bytes per second. */
export const bandwidth = quantityKind<string>('bandwidth', 'bandwidth', { above: 0 })
/** Events per second. */
export const rate = quantityKind<string>('rate', 'rate', { min: 0 })
/** A part of a whole, 0 to 1; always written with `%`. */
export const share = quantityKind<string>('share', 'share', { min: 0, max: 1 })
/** Dollars per hour. */
export const price = quantityKind<string>('price', 'price', { min: 0 })
/** Dollars per byte. */
export const trafficPrice = quantityKind<string>('traffic price', 'traffic-price', { min: 0 })
/** A whole number; `2k`, `5M`, `1G` are understood. */
export const count = quantityKind<string | number>('count', 'count', { min: 0 })
/** A bare number: a multiple, an exponent. */
export const factor = quantityKind<string | number>('factor', 'factor', { min: 0 })

/** A bare number that counts only in relation to others of its kind. */
export const weight = quantityKind<string | number>('weight', 'factor', { min: 0 })

/** A quantity in the dimension of the distribution that it is a parameter of. */
export const amount: ParamKind<Bounds, number, string | number> = (
  options: Described & Presence & Bounds,
): Param<never, never> => {
  const known = new Map<Dimension, ReturnType<typeof quantity>>()
  const concrete = (dimension: Dimension | undefined) => {
    invariant(dimension !== undefined, 'an amount was read outside a distribution')
    const before = known.get(dimension)
    if (before !== undefined) return before
    const param = quantity(dimension, dimension, { min: 0, ...options }, false)
    known.set(dimension, param)
    return param
  }
  return {
    ...presence(options),
    kind: 'amount',
    facts: { limits: { dimension: 'factor', ...numericBounds({ min: 0, ...options }, 'factor') } },
    expected: 'a quantity in the dimension of the distribution',
    read: (node, reading) =>
      reportMinutes(node, reading) ? (undefined as never) : concrete(reading.dimension).read(node, reading),
    fits: (node, reading) => concrete(reading.dimension).fits(node, reading),
    schema: (scope) => concrete(scope.dimension).schema(scope),
  }
}

/**
 * Work of `500m` may be milliseconds, millicores or minutes: the author must say which. A duration such as `ttl: 5m` is
 * minutes everywhere.
 */
function reportMinutes(node: Node, reading: Reading): boolean {
  const number = node.kind === 'scalar' && reading.dimension === 'duration' ? /^([\d.]+)\s*m$/.exec(node.text) : null
  if (number === null) return false
  complain(reading, node.place, {
    code: 'ambiguous-unit',
    message: `${fieldAt(node.place)} may be minutes or milliseconds: ${describe(node)}`,
    expected: 'a duration such as `200ms`',
    found: describe(node),
    hint: `write \`${number[1]}ms\` or \`${number[1]}min\``,
  })
  return true
}

function quantityKind<Input extends string | number>(
  kind: string,
  dimension: Dimension,
  usual: Bounds,
): ParamKind<Bounds, number, Input> {
  return (options: Described & Presence & Bounds): Param<never, never> => {
    const lower = options.min !== undefined || options.above !== undefined ? {} : usual
    return quantity(kind, dimension, { max: usual.max ?? Infinity, ...lower, ...options }, dimension === 'count')
  }
}

function quantity(
  kind: string,
  dimension: Dimension,
  options: Described & Presence & Bounds,
  whole: boolean,
): Param<never, never> {
  const bounds = numericBounds(options, dimension)
  const { article, example } = dimensions[dimension]
  const boundsText = printBounds(bounds, dimension)
  return {
    ...presence(options),
    kind,
    expected: `${article} such as \`${example}\``,
    facts: { limits: { dimension, ...bounds }, ...(boundsText === '' ? {} : { bounds: boundsText }) },
    // A number that is uncertain is held as `Uncertain` until a world is drawn: consumers only ever see numbers.
    read: (node, reading) => readQuantity(node, dimension, bounds, whole, reading) as never,
    fits: (node) => quantityFits(node, dimension),
    schema: () => described(quantitySchema(dimension), options.meaning),
  }
}

function quantityFits(node: Node, dimension: Dimension): 0 | 1 | 2 {
  if (node.kind !== 'scalar' || !looksLikeQuantity(node.text)) return 0
  return 'low' in parseRange(node.text, dimension) ? 2 : 1
}

function readQuantity(
  node: Node,
  dimension: Dimension,
  bounds: NumericBounds,
  whole: boolean,
  reading: Reading,
): number | Uncertain | undefined {
  const { article, example, units } = dimensions[dimension]
  const expected = `${article} such as \`${example}\``
  if (node.kind !== 'scalar' || node.empty) {
    return complain(reading, node.place, {
      code: 'wrong-form',
      message: `${fieldAt(node.place)} must be ${article}`,
      expected,
      found: describe(node),
    })
  }
  const range = parseRange(node.text, dimension)
  if ('code' in range) {
    const message = messages[range.code](fieldAt(node.place), article, describe(node))
    const names = units.map(({ name }) => name).filter((name) => name !== '')
    const withUnits =
      range.code === 'unknown-unit' && names.length > 0 ? `${expected}; units: ${names.join(' ')}` : expected
    const hint = usualForms(range.code === 'wrong-dimension' ? '' : node.text, dimension)
    return complain(reading, node.place, { hint, ...range, message, expected: withUnits })
  }
  return checkRange(node, range, { dimension, bounds, whole }, reading)
}

/** The number with the usual units, or an example: the number of another dimension would mislead. */
function usualForms(text: string, dimension: Dimension): string {
  const { usual, article, example } = dimensions[dimension]
  const digits = /^\d+(?:\.\d+)?/.exec(text.trim())?.[0]
  const isMoney = usual.some((unit) => unit.startsWith('$'))
  if (digits === undefined || isMoney) return `write ${article}, for example \`${example}\``
  return `write ${listWords(usual.map((unit) => `${digits}${unit.replace(/cycles$/, ' cycles')}`))}`
}

const messages = {
  'malformed-quantity': (field: string, article: string) => `${field} is not ${article}`,
  'missing-unit': (field: string, _article: string, found: string) => `${field} has no unit: ${found}`,
  'unknown-unit': (_field: string, article: string, found: string) => `unknown unit of ${article} in ${found}`,
  'wrong-dimension': (field: string, article: string) => `${field} must be ${article}`,
  'out-of-range': (field: string, _article: string, found: string) => `${field} is too large or too small: ${found}`,
}

function checkRange(
  node: ScalarNode,
  range: Range,
  rules: { dimension: Dimension; bounds: NumericBounds; whole: boolean },
  reading: Reading,
): number | Uncertain | undefined {
  const { dimension, bounds, whole } = rules
  const found = describe(node)
  const field = fieldAt(node.place)
  if (range.low > range.high) {
    return complain(reading, node.place, {
      code: 'out-of-range',
      message: `${field}: the range ends before it begins`,
      expected: `\`${printRange({ ...range, low: range.high, high: range.low }, dimension)}\``,
      found,
    })
  }
  if (range.low < bounds.min || range.high > bounds.max || range.low <= bounds.above) {
    const message = `${field} is out of range: ${found}`
    return complain(reading, node.place, {
      code: 'out-of-range',
      message,
      expected: printBounds(bounds, dimension),
      found,
      hint: `write ${printBounds(bounds, dimension)}`,
    })
  }
  if (whole && range.high > Number.MAX_SAFE_INTEGER) {
    return complain(reading, node.place, {
      code: 'out-of-range',
      message: `${field} is too large to be exact: ${found}`,
      expected: 'at most 9007199254740991',
      found,
    })
  }
  if (range.low === range.high) {
    if (!whole || Number.isInteger(range.nominal)) return range.nominal
    return complain(reading, node.place, {
      code: 'not-whole',
      message: `${field} must be a whole number`,
      expected: 'a whole number',
      found,
      hint: `write \`${printQuantity(Math.floor(range.nominal), dimension)}\` or \`${printQuantity(Math.ceil(range.nominal), dimension)}\``,
    })
  }
  if (whole) return wholeRange(node, range, reading)
  return { uncertain: 'uniform', ...range, whole, path: node.place.path, text: node.text }
}

/** The whole numbers within a range. */
function wholeRange(node: ScalarNode, range: Range, reading: Reading): Uncertain | undefined {
  const low = Math.ceil(range.low)
  const high = Math.floor(range.high)
  const nominal = Math.min(high, Math.max(low, Math.round(range.nominal)))
  if (low <= high)
    return { uncertain: 'uniform', low, high, nominal, whole: true, path: node.place.path, text: node.text }
  return complain(reading, node.place, {
    code: 'not-whole',
    message: `${fieldAt(node.place)} is a range without a whole number`,
    expected: 'a range that holds a whole number',
    found: describe(node),
  })
}

function numericBounds(options: Bounds, dimension: Dimension): NumericBounds {
  const numeric = (bound: string | number | undefined, otherwise: number): number => {
    if (typeof bound !== 'string') return bound ?? otherwise
    const result = parseQuantity(bound, dimension)
    invariant('value' in result, `the bound "${bound}" is not ${dimensions[dimension].article}`)
    return result.value
  }
  const above = numeric(options.above, -Infinity)
  return { above, min: numeric(options.min, -Infinity), max: numeric(options.max, Infinity) }
}

function printBounds({ min, max, above }: NumericBounds, dimension: Dimension): string {
  const print = (value: number) => printQuantity(value, dimension)
  const parts = []
  if (above > -Infinity) parts.push(`more than ${print(above)}`)
  if (min > -Infinity) parts.push(`at least ${print(min)}`)
  if (max < Infinity) parts.push(`at most ${print(max)}`)
  return parts.join(' and ')
}

function quantitySchema(dimension: Dimension): JsonSchema {
  const one = quantityPatternSource(dimension)
  const spreadBy = dimension === 'share' ? one : `(${one}|${quantityPatternSource('share')})`
  const { article, example } = dimensions[dimension]
  const form = `^${one}( ?(\\u00b1|\\+-) ?${spreadBy}| ?\\.\\. ?${one})?$`
  const text = { type: 'string', ...patterned(form, `${article} such as \`${example}\``) }
  const isBare = dimension === 'count' || dimension === 'factor'
  return { ...text, ...(isBare ? { type: ['number', 'string'] } : {}), examples: [example] }
}
