import { scaleLinear, scaleLog } from 'd3-scale'

/** Maps a number to a coordinate, and lists the ticks. */
export interface Scale {
  (value: number): number
  readonly ticks: readonly number[]
}

/** Returns a scale from zero to the largest value, or to 1 without one. Values beyond the ends are clamped. */
export function fromZero(values: readonly number[], range: readonly [number, number], marks = 5): Scale {
  const most = largest(values)
  const scale = scaleLinear([0, most > 0 ? most : 1], range)
    .nice(marks)
    .clamp(true)
  return Object.assign((value: number) => scale(value), { ticks: scale.ticks(marks) })
}

/** Returns a scale between fixed ends. */
export function between(low: number, high: number, range: readonly [number, number], marks = 5): Scale {
  const scale = scaleLinear([low, high > low ? high : low + 1], range).clamp(true)
  return Object.assign((value: number) => scale(value), { ticks: scale.ticks(marks) })
}

/** Up to this many decades have ticks at 2 and 5 too. */
const manyDecades = 4

/** Times below, ms, are no time at all: that of requests which only publish is 0, and its bucket ends here. */
const leastShown = 1e-5

/** Returns a logarithmic scale over all finite times but 0, ms, out to round numbers; at least one decade. */
export function logarithmic(values: readonly number[], range: readonly [number, number]): Scale {
  const known = values.filter((value) => value > leastShown && Number.isFinite(value))
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

/** Returns a scale of percentiles by their nines: 90 to 99 is as long as 99 to 99.9. */
export function byNines(range: readonly [number, number], last: number): Scale {
  const nines = (percentile: number) => -Math.log10(1 - Math.min(percentile, last) / 100)
  const whole = nines(last)
  const place = (percentile: number) => range[0] + ((range[1] - range[0]) * nines(percentile)) / whole
  return Object.assign(place, { ticks: [0, 50, 90, 99, 99.9, 99.99].filter((tick) => tick <= last) })
}

/** Steps of a time axis, ms: round in seconds, minutes and hours. */
const timeSteps = [
  ...[-3, -2, -1, 0, 1, 2, 3].flatMap((exponent) => [1, 2, 5].map((digit) => digit * 10 ** exponent)),
  ...[10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map((s) => s * 1000),
]

/** Returns a scale of time, ms, with at most about `marks` ticks at round times. */
export function overTime(low: number, high: number, range: readonly [number, number], marks: number): Scale {
  const scale = between(low, high, range)
  const lengthMs = high - low
  const stepMs = timeSteps.find((step) => lengthMs / step <= marks + 0.01)
  if (stepMs === undefined || lengthMs <= 0) return between(low, high, range, marks)
  const first = Math.ceil(low / stepMs - 1e-9)
  const many = Math.floor(high / stepMs + 1e-9) - first + 1
  return Object.assign((value: number) => scale(value), {
    ticks: Array.from({ length: many }, (_, i) => (first + i) * stepMs),
  })
}

function largest(values: readonly number[]): number {
  return Math.max(0, ...values.filter((value) => Number.isFinite(value)))
}

/** Returns the next lower number of the form 1, 2 or 5 × 10^n. */
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
