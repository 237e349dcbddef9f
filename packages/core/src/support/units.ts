import { misspeltUnits } from './misspelt-units.ts'
import { listWords } from './suggest.ts'

/**
 * What a number measures. Base units: duration ms, cycles 1, frequency Hz, size bytes, bandwidth bytes/s, rate 1/s,
 * share 0..1, price $/h, traffic-price $/byte; count and factor are bare.
 */
export type Dimension =
  | 'duration'
  | 'cycles'
  | 'frequency'
  | 'size'
  | 'bandwidth'
  | 'rate'
  | 'share'
  | 'price'
  | 'traffic-price'
  | 'count'
  | 'factor'

/** value in base units = digits × 10^exponent × times / per; so powers of ten are exact. */
interface Unit {
  readonly name: string
  readonly exponent: number
  readonly times: number
  readonly per: number
}

export interface DimensionFacts {
  readonly dimension: Dimension
  /** `a duration`. */
  readonly article: string
  readonly example: string
  readonly baseUnit: string
  readonly units: readonly Unit[]
  /** Units to propose for a number without one. */
  readonly usual: readonly string[]
}

/** Hours in a month when a price is converted: 365 × 24 / 12. */
export const hoursPerMonth = 730

const unit = (name: string, exponent = 0, times = 1, per = 1): Unit => ({ name, exponent, times, per })
const decimalSizes: readonly [string, number][] = [
  ['B', 0],
  ['kB', 3],
  ['MB', 6],
  ['GB', 9],
  ['TB', 12],
  ['PB', 15],
]
const binarySizes: readonly [string, number][] = [
  ['KiB', 1],
  ['MiB', 2],
  ['GiB', 3],
  ['TiB', 4],
  ['PiB', 5],
]
const thousands: readonly [string, number][] = [
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
]
const periods: readonly [string, number][] = [
  ['s', 1],
  ['min', 60],
  ['h', 3600],
  ['d', 86_400],
]
const sizeUnits = [
  ...decimalSizes.map(([name, exponent]) => unit(name, exponent)),
  ...binarySizes.map(([name, power]) => unit(name, 0, 1024 ** power)),
]

export const dimensions: Readonly<Record<Dimension, DimensionFacts>> = {
  duration: {
    dimension: 'duration',
    article: 'a duration',
    usual: ['s', 'ms'],
    example: '200ms',
    baseUnit: 'ms',
    units: [
      unit('ns', -6),
      unit('us', -3),
      unit('ms'),
      unit('s', 3),
      unit('min', 4, 6),
      unit('h', 5, 36),
      unit('d', 5, 864),
      unit('\u00b5s', -3),
      unit('m', 4, 6),
    ],
  },
  cycles: {
    dimension: 'cycles',
    article: 'a number of cycles',
    usual: ['Mcycles'],
    example: '3M cycles',
    baseUnit: 'cycles',
    units: thousands.map(([name, exponent]) => unit(`${name}cycles`, exponent)),
  },
  frequency: {
    dimension: 'frequency',
    article: 'a frequency',
    usual: ['GHz'],
    example: '3GHz',
    baseUnit: 'Hz',
    units: thousands.map(([name, exponent]) => unit(`${name}Hz`, exponent)),
  },
  size: {
    dimension: 'size',
    article: 'a size',
    example: '800KiB',
    baseUnit: 'B',
    units: sizeUnits,
    usual: ['KiB', 'MiB'],
  },
  bandwidth: {
    dimension: 'bandwidth',
    article: 'a bandwidth',
    usual: ['Mbit/s', 'MB/s'],
    example: '100Mbit/s',
    baseUnit: 'B/s',
    units: [
      ...sizeUnits.map((size) => unit(`${size.name}/s`, size.exponent, size.times)),
      ...thousands.map(([name, exponent]) => unit(`${name}bit/s`, exponent, 1, 8)),
    ],
  },
  rate: {
    dimension: 'rate',
    article: 'a rate',
    usual: ['/s', '/min'],
    example: '2000/s',
    baseUnit: '/s',
    units: periods.flatMap(([period, seconds]) =>
      thousands.map(([name, exponent]) => unit(`${name}/${period}`, exponent, 1, seconds)),
    ),
  },
  share: { dimension: 'share', article: 'a share', example: '20%', baseUnit: '', units: [unit('%', -2)], usual: ['%'] },
  price: {
    dimension: 'price',
    article: 'a price',
    usual: ['$/h'],
    example: '$0.19/h',
    baseUnit: '$/h',
    units: [unit('$/h'), unit('$/month', 0, 1, hoursPerMonth)],
  },
  'traffic-price': {
    dimension: 'traffic-price',
    article: 'a price of traffic',
    usual: ['$/GB'],
    example: '$0.09/GB',
    baseUnit: '$/B',
    units: [
      ...decimalSizes.map(([name, exponent]) => unit(`$/${name}`, -exponent)),
      ...binarySizes.map(([name, power]) => unit(`$/${name}`, 0, 1, 1024 ** power)),
    ],
  },
  count: {
    dimension: 'count',
    article: 'a count',
    usual: [''],
    example: '5k',
    baseUnit: '',
    units: thousands.map(([name, exponent]) => unit(name, exponent)),
  },
  factor: {
    dimension: 'factor',
    article: 'a bare number',
    example: '1.5',
    baseUnit: '',
    units: [unit('')],
    usual: [''],
  },
}

export type QuantityResult =
  | { readonly value: number }
  | {
      readonly code: 'malformed-quantity' | 'missing-unit' | 'unknown-unit' | 'wrong-dimension' | 'out-of-range'
      readonly found: string
      readonly hint?: string
    }

/** Larger ones, and smaller ones that are not zero, are mistakes and would spoil arithmetic. */
const largest = 1e21
const smallest = 1e-21

const quantityPattern =
  /^(?<sign>-|\+)?(?<money>\$\s*)?(?<digits>\d+(?:\.\d+)?)(?:[eE](?<exponent>[+-]?\d{1,4}))?\s*(?<unit>[^\d\s.,$].*)?$/

/** Reads `1.5s`, `800 KiB`, `$0.19/h`: the value in the base unit of the dimension, or what is wrong with it. */
export function parseQuantity(text: string, dimension: Dimension): QuantityResult {
  const groups = text.length > 100 ? undefined : quantityPattern.exec(text.trim())?.groups
  if (groups === undefined) return { code: 'malformed-quantity', found: quoted(text), ...malformedHint(text) }
  const name = `${groups.money === undefined ? '' : '$'}${(groups.unit ?? '').replace(/\s+/g, '').replace('\u03bc', '\u00b5')}`
  const found = dimensions[dimension].units.find((candidate) => candidate.name === name)
  if (found === undefined) return unitFault(text, name, dimension)
  const value = inBaseUnit(`${groups.sign ?? ''}${groups.digits}`, Number(groups.exponent ?? 0), found)
  const isNothing = /^[0.]*$/.test(groups.digits ?? '')
  if (!isNothing && !isRealistic(value)) {
    return { code: 'out-of-range', found: quoted(text), hint: 'write a number between 1e-21 and 1e21 in the base unit' }
  }
  return { value: value === 0 ? 0 : value }
}

/** What so many units are worth in the base unit. */
function inBaseUnit(digits: string, ownExponent: number, { exponent, times, per }: Unit): number {
  return (Number(`${digits}e${ownExponent + exponent}`) * times) / per
}

function isRealistic(value: number): boolean {
  return Math.abs(value) <= largest && Math.abs(value) >= smallest
}

/** The handiest way to write a value of the base unit; `parseQuantity` reads it back to the last bit. */
export function printQuantity(value: number, dimension: Dimension): string {
  const { units, baseUnit } = dimensions[dimension]
  if (value === 0) return dimension === 'share' ? '0%' : write('0', baseUnit)
  const [first, ...others] = isRealistic(value) ? units.toReversed().flatMap((unit) => writeIn(unit, value)) : []
  if (first === undefined) return write(String(value), baseUnit)
  return others.reduce((best, text) => (clumsiness(text) < clumsiness(best) ? text : best), first)
}

/** Short texts are handy; those that begin with `0.`, except in prices, and powers of ten are not. */
function clumsiness(text: string): number {
  return text.length + (/^-?0\.|e/.test(text) ? 100 : 0)
}

/** The value in this unit, if that is exact. */
function writeIn(unit: Unit, value: number): readonly string[] {
  const { name, exponent, times, per } = unit
  if (name === 'm' || name === '\u00b5s' || name.endsWith('/d')) return []
  const [mantissa = '', own = '0'] = String((value / times) * per).split('e')
  const shifted = `${mantissa}e${Number(own) - exponent}`
  const number = [String(Number(shifted)), shifted].find((text) => {
    const [digits = '', power = '0'] = text.split('e')
    return inBaseUnit(digits, Number(power), unit) === value
  })
  return number === undefined ? [] : [write(number, name)]
}

/** True when the text begins like a number with or without a unit, whatever its dimension. */
export function looksLikeQuantity(text: string): boolean {
  return /^[-+]?\$?\s*\.?\d/.test(text.trim())
}

/** The JSON Schema pattern of a quantity of this dimension, without anchors. */
export function quantityPatternSource(dimension: Dimension): string {
  const literally = (text: string) => text.replace(/[$/.]/g, '\\$&').replace(/(?<=.)cycles/, ' ?cycles')
  const names = dimensions[dimension].units.map(({ name }) => name)
  const isMoney = dimension === 'price' || dimension === 'traffic-price'
  const after = (isMoney ? names.map((name) => name.slice(1)) : names).filter((name) => name !== '')
  const number = `[-+]?${isMoney ? '\\$ ?' : ''}\\d+(\\.\\d+)?([eE][+-]?\\d+)?`
  if (after.length === 0) return number
  return `${number} ?(${after.map(literally).join('|')})${names.includes('') ? '?' : ''}`
}

function write(number: string, unitName: string): string {
  if (!unitName.startsWith('$')) return `${number}${unitName.replace('cycles', ' cycles')}`
  return number.startsWith('-') ? `-$${number.slice(1)}${unitName.slice(1)}` : `$${number}${unitName.slice(1)}`
}

function quoted(text: string): string {
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``
}

function malformedHint(text: string): { hint?: string } {
  if (text.length > 100) return {}
  if (/^[-+$]*\d[\d.]*,\d/.test(text)) return { hint: 'write a decimal point and no thousands separator' }
  if (/^\.\d/.test(text)) return { hint: `write a digit before the point: \`0${text}\`` }
  if (/^\d[\d.]*\s*\w*\s*\$/.test(text)) return { hint: 'write the dollar sign first: `$0.19/h`' }
  if (/^(?:yes|no|on|off|true|false)$/i.test(text)) return { hint: 'write a value; Loadpath has no booleans' }
  return {}
}

/** `5-10ms`: a range has two dots. */
const dashed = /^(?<low>\d[\d.]*)\s*(?<unit>[a-zA-Z%/]*)\s*[-\u2013]\s*(?<high>\d[\d.]*)\s*(?<other>[a-zA-Z%/]*)$/

function unitFault(text: string, name: string, dimension: Dimension): QuantityResult {
  const found = quoted(text)
  const { units } = dimensions[dimension]
  if (name === '') {
    const examples = listWords(dimensions[dimension].usual.map((usual) => write(text.trim(), usual)))
    return { code: 'missing-unit', found, hint: `add the unit: ${examples}` }
  }
  const range = dashed.exec(text.trim())?.groups
  if (range !== undefined) {
    const [unit = '', low = '', high = ''] = [range.other || range.unit, range.low, range.high]
    return { code: 'unknown-unit', found, hint: `write a range with two dots: \`${low}${unit}..${high}${unit}\`` }
  }
  const owner = Object.values(dimensions).find((facts) => facts.units.some((candidate) => candidate.name === name))
  if (owner !== undefined) {
    const hint = name === 'm' ? { hint: '`m` is a minute; millions are written `M`' } : {}
    return { code: 'wrong-dimension', found: `${owner.article}, ${found}`, ...hint }
  }
  return { code: 'unknown-unit', found, ...unitHint(text, name, units) }
}

/** What to write in place of an unknown unit, with the number; where several could be meant, the units. */
function unitHint(text: string, name: string, units: readonly Unit[]): { hint?: string } {
  const common = misspeltUnits.get(name)
  const isUnit = (unit: Unit) => unit.name !== '' && common?.includes(`\`${unit.name}\``) === true
  const isOfDimension = common?.startsWith('`$') === true || units.some(isUnit)
  const meant = isOfDimension ? common : sameLetters(name, units)
  if (meant === undefined) return {}
  const only = /^`([^`]+)`$/.exec(meant)?.[1]
  const digits = /^[-+]?\d[\d.]*/.exec(text.trim())?.[0]
  const isRange = /\.\.|\u00b1|\+-/.test(text)
  if (only === undefined || digits === undefined || isRange) return { hint: `did you mean ${meant}?` }
  return { hint: `write \`${write(digits, only)}\`` }
}

function sameLetters(name: string, units: readonly Unit[]): string | undefined {
  const same = units.filter((candidate) => candidate.name.toLowerCase() === name.toLowerCase())
  return same.length === 0 ? undefined : listWords(same.map((candidate) => candidate.name))
}
