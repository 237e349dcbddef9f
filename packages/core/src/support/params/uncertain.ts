import { type Dimension, parseQuantity, printQuantity, type QuantityResult } from '../units.ts'

/**
 * A number that is not known exactly: uniform between low and high, drawn once a world. It stands where the number
 * will stand; `drawWorld` and `nominalWorld` put numbers in its place before anything is built.
 */
export interface Uncertain {
  readonly uncertain: 'uniform'
  readonly low: number
  readonly high: number
  /** The centre that was given, or the middle. */
  readonly nominal: number
  /** True where only whole numbers have a meaning. */
  readonly whole: boolean
  readonly path: string
  /** As it was written. */
  readonly text: string
}

export function isUncertain(value: unknown): value is Uncertain {
  return typeof value === 'object' && value !== null && (value as { uncertain?: unknown }).uncertain === 'uniform'
}

/** One possible world: every uncertain number drawn, by a uniform number in (0, 1) for its path. */
export function drawWorld<T>(value: T, uniformFor: (path: string) => number): T {
  return replaceUncertain(value, (range) => {
    const share = uniformFor(range.path)
    if (!range.whole) return range.low + (range.high - range.low) * share
    return Math.min(range.high, range.low + Math.floor((range.high - range.low + 1) * share))
  })
}

/** The world in which every uncertain number has its nominal value. */
export function nominalWorld<T>(value: T): T {
  return replaceUncertain(value, (range) => range.nominal)
}

/** Parts without uncertain numbers are the same objects as before. */
function replaceUncertain<T>(value: T, choose: (range: Uncertain) => number): T {
  const replace = (part: unknown): unknown => {
    if (typeof part !== 'object' || part === null) return part
    if (isUncertain(part)) return choose(part)
    // Measured data are as they are.
    if (ArrayBuffer.isView(part)) return part
    if (Array.isArray(part)) {
      const items = part.map(replace)
      return items.some((item, index) => item !== part[index]) ? items : part
    }
    const entries = Object.entries(part).map(([key, field]) => [key, field, replace(field)] as const)
    if (entries.every(([, before, after]) => before === after)) return part
    return Object.fromEntries(entries.map(([key, , after]) => [key, after]))
  }
  return replace(value) as T
}

export interface Range {
  readonly low: number
  readonly high: number
  readonly nominal: number
}

type QuantityFault = Exclude<QuantityResult, { value: number }>

/** Reads `200ms`, `200ms ± 20%`, `200ms +- 5ms`, `4ms..6ms`. */
export function parseRange(text: string, dimension: Dimension): Range | QuantityFault {
  const between = text.split('..')
  if (between.length === 2) {
    const low = parseQuantity(between[0] ?? '', dimension)
    const high = parseQuantity(between[1] ?? '', dimension)
    if ('code' in low) return low
    if ('code' in high) return high
    return { low: low.value, high: high.value, nominal: (low.value + high.value) / 2 }
  }
  const around = text.split(/\u00b1|\+-/)
  const centre = parseQuantity(around[0] ?? '', dimension)
  if ('code' in centre) return around.length === 1 ? centre : { ...centre }
  if (around.length === 1) return { low: centre.value, high: centre.value, nominal: centre.value }
  if (around.length > 2) return { code: 'malformed-quantity', found: `\`${text}\`` }
  return spread(centre.value, (around[1] ?? '').trim(), dimension)
}

function spread(centre: number, text: string, dimension: Dimension): Range | QuantityFault {
  const share = parseQuantity(text, 'share')
  const isRelative = 'value' in share
  if (isRelative && dimension === 'share') {
    const hint = 'write the range: `15%..25%`'
    return { code: 'malformed-quantity', found: `\`\u00b1 ${text}\``, hint }
  }
  const width = isRelative ? share : parseQuantity(text, dimension)
  if ('code' in width) return width
  const distance = isRelative ? Math.abs(centre) * width.value : width.value
  return { low: centre - distance, high: centre + distance, nominal: centre }
}

export function printRange(range: Range, dimension: Dimension): string {
  if (range.low === range.high) return printQuantity(range.nominal, dimension)
  return `${printQuantity(range.low, dimension)}..${printQuantity(range.high, dimension)}`
}
