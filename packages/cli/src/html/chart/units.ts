import { count } from '../../print/number.ts'

/** Returns the label of each value of a scale, all in one unit. */
export type Labels = (ticks: readonly number[]) => (value: number) => string

interface Unit {
  readonly suffix: string
  /** Base units in one of this unit. */
  readonly size: number
}

const durations: readonly Unit[] = [
  { suffix: 'µs', size: 1e-3 },
  { suffix: 'ms', size: 1 },
  { suffix: 's', size: 1000 },
  { suffix: 'min', size: 60_000 },
  { suffix: 'h', size: 3_600_000 },
]

const sizes: readonly Unit[] = ['B', 'KiB', 'MiB', 'GiB', 'TiB'].map((suffix, i) => ({ suffix, size: 1024 ** i }))

/** Labels durations, given in ms, in the unit that needs the fewest characters. */
export const durationLabels: Labels = (ticks) => labelsIn(shortest(durations, ticks))

/** Labels sizes, given in bytes, in the unit that needs the fewest characters. */
export const sizeLabels: Labels = (ticks) => labelsIn(shortest(sizes, ticks))

function labelsIn(unit: Unit): (value: number) => string {
  return (value) => (value === 0 ? '0' : `${amount(value / unit.size)}\u00a0${unit.suffix}`)
}

function shortest(units: readonly Unit[], ticks: readonly number[]): Unit {
  const lengthIn = (unit: Unit) => ticks.reduce((sum, tick) => sum + labelsIn(unit)(tick).length, 0)
  return units.reduce((best, unit) => (lengthIn(unit) < lengthIn(best) ? unit : best))
}

/** At most three significant digits below 100, whole numbers above. */
function amount(value: number): string {
  return Math.abs(value) >= 100 ? count(value) : String(Number(value.toPrecision(3)))
}
