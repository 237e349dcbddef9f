import { didYouMean, listWords } from '../../../support/suggest.ts'

/** What somebody gave, as a message shows it: short, and a text told from a number. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

const given = ['be', 'is'] as const
/** For what a function of theirs gives back. */
export const returned = ['return', 'returned'] as const

/**
 * A whole number from `min` up to 2^53 - 1.
 * @throws TypeError if it is no number, RangeError if it is another one
 */
export function whole(name: string, value: unknown, min = 1, [be, is]: readonly [string, string] = given): number {
  if (Number.isSafeInteger(value) && (value as number) >= min) return value as number
  const from = min === Number.MIN_SAFE_INTEGER ? '' : ` from ${min}`
  const most = Number.isInteger(value) && !Number.isSafeInteger(value) ? ' up to 2^53 - 1' : ''
  throw refusal(value, `${name}: must ${be} a whole number${from}${most}; it ${is} ${shown(value)}`)
}

/**
 * An array, typed or not, of such whole numbers.
 * @throws as `whole`, for the first of them that is wrong, or TypeError if it is no array
 */
export function wholes(name: string, values: unknown, min: number): ArrayLike<number> {
  if (typeof values !== 'object' || values === null || !('length' in values) || !Number.isSafeInteger(values.length))
    throw new TypeError(`${name}: must be an array of whole numbers; it is ${shown(values)}`)
  const array = values as ArrayLike<number>
  const { length } = array
  for (let i = 0; i < length; i++) {
    const value = array[i] as number
    if (!Number.isSafeInteger(value) || value < min) whole(`${name}[${i}]`, value, min)
  }
  return array
}

/**
 * A number above 0.
 * @throws TypeError if it is no number, RangeError if it is another one
 */
export function aboveZero(name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0) return value
  throw refusal(value, `${name}: must be a number above 0; it is ${shown(value)}`)
}

/** @throws TypeError if it is neither left out nor a function */
export function functionIfGiven<F>(name: string, value: F | undefined, like: string): F | undefined {
  if (value === undefined || typeof value === 'function') return value
  throw new TypeError(`${name}: must be a function, ${like}; it is ${shown(value)}`)
}

/** @throws TypeError if it is no object, or one with a field that is none of the options */
export function onlyKnown(options: unknown, known: readonly string[], like: string): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`options: must be an object, ${like}; it is ${shown(options)}`)
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const remedy = didYouMean(unknown, known) ?? `there are ${listWords(known, 'and')}`
  throw new TypeError(`${unknown}: there is no such option; ${remedy}`)
}

function refusal(value: unknown, message: string): TypeError | RangeError {
  return typeof value === 'number' ? new RangeError(message) : new TypeError(message)
}
