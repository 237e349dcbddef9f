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

/** The least of a unit that is still read easily in it: 0.05 ms is, and 0.05 s is not. */
const leastInUnit: Readonly<Record<DurationUnit, number>> = { ns: 0, µs: 0.01, ms: 0.01, s: 0.1, min: 1, h: 1 }

/**
 * Durations that are compared, as those of one column, in one unit: 0.996 s beside 1.02 s, and 19.9 ms beside 1,600 ms. That
 * is the largest unit in which the smallest and the largest are read easily. Durations that differ more keep their own units,
 * as nobody compares their digits.
 */
export function inOneUnit(values: readonly (Estimate | number | null | undefined)[]): Measured {
  const sizes = values.map(sizeOf).filter((size) => size > 0 && Number.isFinite(size))
  if (sizes.length < 2) return 'duration'
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  const [small, large] = [names.indexOf(usualUnit(least)), names.indexOf(usualUnit(most))]
  const found = names.slice(small, large + 1).findLast((name) => {
    const size = sizesMs[name]
    return least >= size * leastInUnit[name] && most < size * mostInUnit
  })
  return found === undefined ? 'duration' : `duration in ${found}`
}

/** The size that an estimate is printed with; 0 for what has no number. */
function sizeOf(value: Estimate | number | null | undefined): number {
  if (typeof value === 'number') return Math.abs(value)
  if (value === null || value === undefined) return 0
  return Math.abs(value.sufficient ? value.point : (value.atLeast ?? 0))
}
