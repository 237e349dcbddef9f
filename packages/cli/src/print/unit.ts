import type { Estimate } from '@loadpath/core'
import { tie } from './width.ts'

type DurationUnit = 'ns' | 'µs' | 'ms' | 's' | 'min' | 'h'

/** The quantity of a number; in the base units of an answer: ms, 1/s, shares from 0 to 1, $/h, bare. */
export type Measured = 'duration' | `duration in ${DurationUnit}` | 'rate' | 'share' | 'price' | 'factor'

export interface Unit {
  readonly suffix: string
  readonly prefix?: string
  /** Base units in one of this. */
  readonly size: number
}

const sizesMs: Readonly<Record<DurationUnit, number>> = {
  ns: 1e-6,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
}
const names = Object.keys(sizesMs) as DurationUnit[]

/** The unit in which a value of this size is read most easily, or the one that `measured` names. */
export function unitFor(value: number, measured: Measured): Unit {
  const size = Math.abs(value)
  if (measured === 'share') return { suffix: `${tie}%`, size: 0.01 }
  if (measured === 'price') return { prefix: '$', suffix: '/h', size: 1 }
  if (measured === 'factor') return { suffix: '', size: 1 }
  if (measured === 'rate') return size > 0 && size < 0.1 ? { suffix: '/min', size: 1 / 60 } : { suffix: '/s', size: 1 }
  const name = measured === 'duration' ? usualUnit(size) : (measured.slice('duration in '.length) as DurationUnit)
  return { suffix: `${tie}${name}`, size: sizesMs[name] }
}

export function isDuration(measured: Measured): boolean {
  return measured.startsWith('duration')
}

function usualUnit(ms: number): DurationUnit {
  if (ms === 0 || !Number.isFinite(ms)) return 'ms'
  const readable = names.filter((name) => ms >= sizesMs[name] * (sizesMs[name] >= 60_000 ? 2 : 0.9995))
  return readable.at(-1) ?? 'ns'
}

/** Whole digits of a value that is still read easily in a unit that is too small for it. */
const mostInUnit = 9999.5

/**
 * Durations that are compared, as those of one column, in one unit: 0.996 s beside 1.02 s. That of the largest, where the
 * smallest is at least a tenth of it; else that of the smallest, if the largest has at most four whole digits in it. Durations
 * that differ more keep their own units, as nobody compares their digits.
 */
export function inOneUnit(values: readonly (Estimate | number | null | undefined)[]): Measured {
  const sizes = values.map(sizeOf).filter((size) => size > 0 && Number.isFinite(size))
  if (sizes.length < 2) return 'duration'
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  const [small, large] = [usualUnit(least), usualUnit(most)]
  // Minutes and hours are no powers of ten: the digits of a value do not stay the same in them.
  const isDecimal = sizesMs[large] <= 1000
  if (small === large || (isDecimal && least >= sizesMs[large] / 10)) return `duration in ${large}`
  if (most < mostInUnit * sizesMs[small]) return `duration in ${small}`
  return isDecimal && least >= sizesMs[large] / 100 ? `duration in ${large}` : 'duration'
}

/** The size that an estimate is printed with; 0 for what has no number. */
function sizeOf(value: Estimate | number | null | undefined): number {
  if (typeof value === 'number') return Math.abs(value)
  if (value === null || value === undefined) return 0
  return Math.abs(value.sufficient ? value.point : (value.atLeast ?? 0))
}
