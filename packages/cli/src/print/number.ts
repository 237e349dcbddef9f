import type { Estimate, InsufficientData } from '@loadpath/core'
import { inOneUnit, isDuration, type Measured, type Unit, unitFor } from './unit.ts'
import { tie } from './width.ts'

export { inOneUnit, type Measured } from './unit.ts'

const never = 'unanswered'

/** Half a nanosecond: what is less is the dust of floating point. */
const dustMs = 5e-7

function isDust(value: number, measured: Measured): boolean {
  return isDuration(measured) && Math.abs(value) < dustMs
}

/** The same estimate without dust. */
function withoutDust(value: Estimate, measured: Measured): Estimate {
  if (!value.sufficient) return value
  const clean = (amount: number) => (isDust(amount, measured) ? 0 : amount)
  return { ...value, point: clean(value.point), low: clean(value.low), high: clean(value.high) }
}

/** Ends that floating point alone keeps apart are one number. */
function isPoint(low: number, high: number): boolean {
  return low === high || high - low < 1e-9 * Math.abs(high)
}

/** 3 significant digits, with its unit. */
export function quantity(amount: number, measured: Measured): string {
  const value = isDust(amount, measured) ? 0 : amount
  if (Number.isNaN(value)) return 'unknown'
  if (!Number.isFinite(value)) return infinite(value, measured)
  const unit = unitFor(value, measured)
  return withUnit(digits(value / unit.size, decimalsFor(value, unit, measured)), unit)
}

/** A number that is known and was not estimated: without zeros at its end. */
export function known(value: number, measured: Measured): string {
  return quantity(value, measured)
    .replace(/^([\d,]+\.\d*?)0+(?=\D)/, '$1')
    .replace(/\.(?=\D)/, '')
}

/** Two ends of a range, with the unit once: `79.8–82.3 ms`. */
export function range(from: number, to: number, measured: Measured): string {
  const [low = from, high = to] = [from, to].map((end) => (isDust(end, measured) ? 0 : end))
  if (low === high) return quantity(low, measured)
  // Without an upper end: too little was seen for one, or what is above has no answer.
  if (high === Infinity && Number.isFinite(low)) return `${quantity(low, measured)} or more`
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    return `${quantity(low, measured)} to ${quantity(high, measured)}`
  }
  const unit = unitFor(Math.max(Math.abs(low), Math.abs(high)), measured)
  if (low > 0 && low < unit.size / 100) return `${quantity(low, measured)} to ${quantity(high, measured)}`
  const decimals = rangeDecimals(low, high, unit, measured)
  const [first, second] = [lowEnd(low / unit.size, decimals), digits(high / unit.size, decimals)]
  if (first === second) return withUnit(first ?? '', unit)
  return `${unit.prefix ?? ''}${first}–${second}${unit.suffix}`
}

/** The lower end of a range, with two digits where those of the range would change it by more than 5 %: 0.32, not 0. */
function lowEnd(low: number, decimals: number): string {
  const isLost = low > 0 && Math.abs(Number(low.toFixed(decimals)) - low) > low / 20
  return digits(low, isLost ? 1 - Math.floor(Math.log10(low)) : decimals)
}

/** A number with its interval beside it, or why there is none. */
export function estimate(found: Estimate, measured: Measured): string {
  const value = withoutDust(found, measured)
  if (!value.sufficient) return bounded(value, measured)
  const { point, low, high } = value
  if (!Number.isFinite(point)) {
    if (point === Infinity && Number.isFinite(low) && isDuration(measured)) {
      return `${never} (above ${quantity(low, measured)})`
    }
    return infinite(point, measured)
  }
  if (isPoint(low, high)) return quantity(point, measured)
  if (measured === 'share' && point === 0 && low >= 0) return `0${tie}% (below ${bound(high, 'up')})`
  if (measured === 'share' && point === 1 && high <= 1) return `100${tie}% (above ${bound(low, 'down')})`
  if (!Number.isFinite(low) || !Number.isFinite(high)) return withOpenRange(point, low, high, measured)
  // A half-width above the number would say that the number can be negative.
  const isRange = isLopsided(point, low, high) || (low >= 0 && high - low > 2 * point)
  return isRange ? withRange(value, measured) : withHalfWidth(point, (high - low) / 2, measured)
}

/** What bounds a number, and why no more is known: `at least 7.9 s: 80 % of the requests have no answer yet`. */
function bounded(value: InsufficientData, measured: Measured): string {
  const bounds = boundsOf(value, measured)
  if (isGrowing(value)) return 'grows without limit'
  return `${bounds === '' ? 'insufficient data' : bounds}: ${value.reason}`
}

/** Whether a number is withheld because a backlog grows: it would only say how long the run was. */
export function isGrowing(value: Estimate): boolean {
  return !value.sufficient && value.isGrowing === true
}

/** For a table of many: without the reason, where something bounds the number. */
export function briefly(value: Estimate, measured: Measured): string {
  const bounds = value.sufficient ? '' : boundsOf(value, measured)
  return bounds === '' ? estimate(value, measured) : bounds
}

export function isBounded({ atLeast, atMost }: InsufficientData): boolean {
  return atLeast !== undefined || atMost !== undefined
}

/** The bounds alone; empty where none says anything. */
function boundsOf({ atLeast = -Infinity, atMost = Infinity }: InsufficientData, measured: Measured): string {
  const isAtLeast = atLeast > (measured === 'share' ? 0 : -Infinity)
  const isAtMost = atMost < (measured === 'share' ? 1 : Infinity)
  if (isAtLeast && isAtMost) return `between ${quantity(atLeast, measured)} and ${quantity(atMost, measured)}`
  if (isAtLeast) return `at least ${quantity(atLeast, measured)}`
  return isAtMost ? `at most ${quantity(atMost, measured)}` : ''
}

/** A number with the ends of its interval: `80.9 ms (79.8–82.3)`. */
export function withRange(found: Estimate, measured: Measured): string {
  const value = withoutDust(found, measured)
  if (!value.sufficient || !Number.isFinite(value.point) || isPoint(value.low, value.high))
    return estimate(value, measured)
  const { point, low, high } = value
  if (!Number.isFinite(low) || !Number.isFinite(high)) return withOpenRange(point, low, high, measured)
  const unit = unitFor(point, measured)
  const decimals = rangeDecimals(low, high, unit, measured)
  const [from, to] = [lowEnd(low / unit.size, decimals), digits(high / unit.size, decimals)]
  if (from === to) return withHalfWidth(point, Math.max(high - point, point - low), measured)
  return `${withUnit(digits(point / unit.size, decimals), unit)} (${from}–${to})`
}

/** A number whose interval has no end on a side: too little was seen for one, or what lies there has no answer. */
function withOpenRange(point: number, low: number, high: number, measured: Measured): string {
  return `${quantity(point, measured)} (${range(low, high, measured)})`
}

/** A change, with its sign. */
export function change(found: Estimate, measured: Measured): string {
  const value = withoutDust(found, measured)
  if (!value.sufficient) return estimate(value, measured)
  const points = measured === 'share' ? ' points' : ''
  const inPoints = (text: string) => (points === '' ? text : text.replace(`${tie}%`, points))
  if (value.low === 0 && value.high === 0) return inPoints(quantity(0, measured))
  const sign = value.point > 0 ? '+' : ''
  if (!Number.isFinite(value.point)) return infinite(value.point, measured)
  if (value.low === value.high && measured !== 'share') return sign + quantity(value.point, measured)
  const text =
    Number.isFinite(value.low) && Number.isFinite(value.high)
      ? withHalfWidth(value.point, (value.high - value.low) / 2, measured)
      : quantity(value.point, measured)
  return sign + inPoints(text)
}

/** Two numbers in one unit, with as many digits as their difference has. */
export function besideOneAnother(
  pair: readonly (number | null)[],
  difference: Estimate,
  measured: Measured,
): readonly string[] {
  const unit = isDuration(measured) ? inOneUnit(pair) : measured
  return pair.map((value) => beside(value, difference, unit))
}

/** A number with as many digits as its difference from another one has. */
function beside(value: number | null, difference: Estimate, measured: Measured): string {
  if (value === null) return 'unknown'
  if (!difference.sufficient || !Number.isFinite(value)) return quantity(value, measured)
  const half = (difference.high - difference.low) / 2
  if (half === 0 || !Number.isFinite(half)) return quantity(value, measured)
  return withHalfWidth(value, half, measured).replace(/ ±.*/, '')
}

/** A whole number, with separators: `12,000`. */
export function count(value: number): string {
  return Number.isFinite(value) ? digits(value, 0) : String(value)
}

const byteUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A size, to 3 digits: `128 MiB`. */
export function bytes(value: number): string {
  let size = value
  let unit = 0
  while (size >= 1023.5 && unit < byteUnits.length - 1) {
    size /= 1024
    unit++
  }
  const decimals = unit === 0 || size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2
  return `${trimZeros(digits(size, decimals))}${tie}${byteUnits[unit]}`
}

/** How often in so many tries: `15 of 12,000 (0.125 %)`, and where never, the bound 3/n. */
export function outOf(events: number, tries: number): string {
  if (tries === 0) return '0 of 0'
  if (events === 0) return `0 of ${count(tries)} (below ${bound(Math.min(1, 3 / tries), 'up')})`
  return `${count(events)} of ${count(tries)} (${quantity(events / tries, 'share')})`
}

/** Money: cents where there are dollars, more digits where there are not. */
export function money(value: number): string {
  if (value === 0) return '$0'
  const size = Math.abs(value)
  const decimals = size >= 1000 ? 0 : size >= 1 ? 2 : Math.min(12, 2 - Math.floor(Math.log10(size)))
  const text = digits(value, decimals)
  return `$${size < 1 ? text.replace(/(\.\d\d\d*?)0+$/, '$1') : text}`
}

/** Time that passes on a clock: `3.2 s`, `2 min 5 s`. */
export function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${Math.max(1, seconds)}${tie}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes}${tie}min` : `${minutes}${tie}min ${seconds % 60}${tie}s`
  return `${Math.floor(minutes / 60)}${tie}h ${minutes % 60}${tie}min`
}

function withHalfWidth(point: number, half: number, measured: Measured): string {
  const unit = unitFor(point === 0 ? half : point, measured)
  const decimals = Math.min(intervalDecimals(half / unit.size), mostDecimals(point / unit.size, measured))
  const least = 10 ** -decimals
  const shown = digits(Math.max(half / unit.size, least), decimals)
  return `${withUnit(digits(point / unit.size, decimals), unit)} ±${tie}${unit.prefix ?? ''}${shown}`
}

/** The digits of an interval that mean something: one, or two where the first is a 1. */
function intervalDecimals(half: number): number {
  if (half === 0) return 2
  const [mantissa = '', exponent] = half.toExponential(1).split('e')
  const isFine = mantissa.startsWith('1.') && mantissa !== '1.0'
  return Math.max(0, -Number(exponent) + (isFine ? 1 : 0))
}

/** Nobody reads more than 4 significant digits, except of shares, where those after 99.9 count. */
function mostDecimals(value: number, measured: Measured): number {
  if (value === 0 || measured === 'share') return 9
  return Math.max(0, Math.min(9, 3 - Math.floor(Math.log10(Math.abs(value)))))
}

function rangeDecimals(low: number, high: number, unit: Unit, measured: Measured): number {
  const half = (high - low) / 2 / unit.size
  return Math.min(intervalDecimals(half), mostDecimals(Math.max(Math.abs(low), Math.abs(high)) / unit.size, measured))
}

function decimalsFor(value: number, unit: Unit, measured: Measured): number {
  const size = Number(Math.abs(value / unit.size).toPrecision(3))
  if (size === 0) return 0
  const significant = Math.max(0, Math.min(9, 2 - Math.floor(Math.log10(size))))
  if (measured !== 'share' || value <= 0.99 || value >= 1) return significant
  const missing = Number(((1 - value) * 100).toPrecision(9))
  return Math.max(1, Math.min(9, -Math.floor(Math.log10(missing))))
}

/** A bound is rounded away from the certain side, to 2 digits. */
function bound(share: number, towards: 'up' | 'down'): string {
  const from = towards === 'up' ? share : 1 - share
  if (from <= 0) return `${towards === 'up' ? 0 : 100}${tie}%`
  const decimals = Math.max(0, Math.min(12, 1 - Math.floor(Math.log10(from * 100))))
  const rounded = Math.ceil(Number((from * 100 * 10 ** decimals).toPrecision(12))) / 10 ** decimals
  return `${trimZeros((towards === 'up' ? rounded : 100 - rounded).toFixed(decimals))}${tie}%`
}

function isLopsided(point: number, low: number, high: number): boolean {
  return Math.abs(high - point - (point - low)) > 0.3 * (high - low)
}

function infinite(value: number, measured: Measured): string {
  if (isDuration(measured) && value === Infinity) return never
  return value > 0 ? 'unbounded' : 'no lower bound'
}

function withUnit(text: string, unit: Unit): string {
  const isNegative = text.startsWith('-') && unit.prefix !== undefined
  return isNegative ? `-${unit.prefix}${text.slice(1)}${unit.suffix}` : `${unit.prefix ?? ''}${text}${unit.suffix}`
}

function digits(value: number, decimals: number): string {
  const fixed = (value === 0 ? 0 : value).toFixed(decimals)
  const [whole = '', fraction] = fixed.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const text = fraction === undefined ? grouped : `${grouped}.${fraction}`
  return /^-[0.]*$/.test(text) ? text.slice(1) : text
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
