import { scaleLinear, scaleLog } from 'd3-scale'

/** From a number to a place on the picture, with the numbers that are worth a mark. */
export interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
}

/** From zero up; also where there is nothing, or nothing but zero. Values beyond the ends stay at them. */
export function fromZero(values: readonly number[], range: readonly [number, number], marks = 5): Scale {
  const most = largest(values)
  const scale = scaleLinear([0, most > 0 ? most : 1], range)
    .nice(marks)
    .clamp(true)
  return Object.assign((value: number) => scale(value), { ticks: scale.ticks(marks) })
}

/** Between fixed ends. */
export function between(low: number, high: number, range: readonly [number, number], marks = 5): Scale {
  const scale = scaleLinear([low, high > low ? high : low + 1], range).clamp(true)
  return Object.assign((value: number) => scale(value), { ticks: scale.ticks(marks) })
}

/** Decades fill less than this much of a picture where they are marked by halves too. */
const manyDecades = 4

/** Logarithmic over all that is positive and finite, out to round numbers. One decade at least. */
export function logarithmic(values: readonly number[], range: readonly [number, number]): Scale {
  const known = values.filter((value) => value > 0 && Number.isFinite(value))
  const low = known.length > 0 ? Math.min(...known) : 1
  const high = known.length > 0 ? Math.max(...known) : 10
  const first = roundDown(low)
  const last = Math.max(roundUp(high), first * 10)
  const scale = scaleLog([first, last], range).clamp(true)
  const isFew = Math.log10(last / first) <= manyDecades
  const ticks = decades(first, last).flatMap((decade) => (isFew ? [1, 2, 5] : [1]).map((digit) => digit * decade))
  const within = ticks.filter((tick) => tick >= first * 0.999 && tick <= last * 1.001)
  return Object.assign((value: number) => scale(Math.max(value, first)), { ticks: within })
}

/** Percentiles by their nines: as far from 90 to 99 as from 99 to 99.9. */
export function byNines(range: readonly [number, number], last: number): Scale {
  const nines = (percentile: number) => -Math.log10(1 - Math.min(percentile, last) / 100)
  const whole = nines(last)
  const place = (percentile: number) => range[0] + ((range[1] - range[0]) * nines(percentile)) / whole
  return Object.assign(place, { ticks: [0, 50, 90, 99, 99.9, 99.99].filter((tick) => tick <= last) })
}

function largest(values: readonly number[]): number {
  return Math.max(0, ...values.filter((value) => Number.isFinite(value)))
}

/** The next of 1, 2, 5 × 10^n. */
function roundDown(value: number): number {
  const decade = decadeOf(value)
  const digit = value / decade
  return (digit >= 5 ? 5 : digit >= 2 ? 2 : 1) * decade
}

function roundUp(value: number): number {
  const decade = decadeOf(value)
  const digit = value / decade
  return (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10) * decade
}

function decadeOf(value: number): number {
  return 10 ** Math.floor(Math.log10(value) + 1e-12)
}

function decades(first: number, last: number): readonly number[] {
  const from = Math.floor(Math.log10(first) + 1e-9)
  const to = Math.ceil(Math.log10(last) - 1e-9)
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))
}
