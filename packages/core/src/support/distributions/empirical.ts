import { amount, factor, file, list } from '../params.ts'
import { defineDistribution } from './distribution.ts'

interface Given {
  readonly values: readonly number[] | undefined
  readonly weights: readonly number[] | undefined
  readonly file: string | undefined
  readonly unit: number | undefined
}
interface Observations {
  readonly values: readonly number[]
  readonly weights: readonly number[] | undefined
}

/** One observation a line: a number, and after a blank, comma or semicolon how often it was seen. */
function parse(text: string, unit: number): Observations | string {
  const values: number[] = []
  const weights: number[] = []
  let line = 0
  for (let from = 0; from <= text.length; ) {
    const to = endOfLine(text, from)
    line += 1
    const content = text.slice(from, to)
    const found = plainNumber.test(content) ? [Number(content), 1] : observation(content)
    if (found === undefined) return `line ${line} of the file is not a value of zero or more, or a value and its weight`
    if (found !== null) {
      values.push((found[0] as number) * unit)
      weights.push(found[1] as number)
    }
    from = to + (text.startsWith('\r\n', to) ? 2 : 1)
  }
  return { values, weights: weights.every((weight) => weight === weights[0]) ? undefined : weights }
}

/** Almost all lines of a large file. */
const plainNumber = /^\d{1,15}(?:\.\d{1,15})?$/

function endOfLine(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || code === 13) return at
  }
  return text.length
}

/** A value and its weight; null where the line holds none, undefined where it is wrong. */
function observation(line: string): readonly [number, number] | null | undefined {
  const content = line.replace(/#.*/, '').trim()
  if (content === '') return null
  const fields = content.split(/[\s,;]+/)
  const [value, weight] = [Number(fields[0]), fields.length > 1 ? Number(fields[1]) : 1]
  if (fields.length > 2 || !(value >= 0 && value < Infinity) || !(weight >= 0 && weight < Infinity)) return undefined
  return [value, weight]
}

/** What contradicts itself in what is given, whatever a file holds. */
function contradictionIn({ values, weights, file }: Given): string | undefined {
  if ((file === undefined) === (values === undefined)) return 'give exactly one of `values` and `file`'
  return file !== undefined && weights !== undefined ? 'the weights of a file are its second column' : undefined
}

function wrongWith({ values, weights }: Observations): string | undefined {
  if (values.length === 0) return 'there are no observations'
  if (weights === undefined) return undefined
  if (weights.length !== values.length) return `there are ${values.length} values and ${weights.length} weights`
  if (weights.some((weight) => weight < 0)) return 'a weight is below zero'
  return weights.some((weight) => weight > 0) ? undefined : 'all weights are zero'
}

/** Observations in order, ready to be drawn from. */
interface Distribution {
  readonly sorted: Float64Array
  readonly upTo: Float64Array
  readonly table: Uint32Array
  readonly mean: number
  readonly second: number
}

/**
 * Files read last, with what they hold. A large file takes a second to read, and every replication draws from the same:
 * the text is compared, as each thread has a copy of its own.
 */
const known: { readonly file: string; readonly unit: number; readonly found: Distribution | string }[] = []
const mostKnown = 4

/** What is drawn from, or what is wrong with it. */
function distributionOf(given: Given): Distribution | string {
  const { file, unit = 1, values = [], weights } = given
  const contradiction = contradictionIn(given)
  if (contradiction !== undefined) return contradiction
  if (file === undefined) return soundDistribution({ values, weights })
  const before = known.find((one) => one.unit === unit && one.file === file)
  if (before !== undefined) return before.found
  const observed = parse(file, unit)
  const found = typeof observed === 'string' ? observed : soundDistribution(observed)
  known.unshift({ file, unit, found })
  known.length = Math.min(known.length, mostKnown)
  return found
}

function soundDistribution(observed: Observations): Distribution | string {
  return wrongWith(observed) ?? distribution(observed)
}

function distribution({ values, weights }: Observations): Distribution {
  const { sorted, upTo } = weights === undefined ? evenly(values) : weighted(values, weights)
  let mean = 0
  let second = 0
  for (let rank = 0; rank < sorted.length; rank += 1) {
    const share = (upTo[rank] as number) - (rank === 0 ? 0 : (upTo[rank - 1] as number))
    const value = sorted[rank] as number
    mean += share * value
    second += share * value * value
  }
  return { sorted, upTo, table: guide(upTo), mean, second }
}

/** The same values, each drawn in proportion to its length besides. */
function byLength(found: Distribution): Distribution {
  const { sorted, upTo, mean } = found
  if (mean === 0) return found
  let total = 0
  const shares = upTo.map((sum, rank) => {
    total += (sum - (rank === 0 ? 0 : (upTo[rank - 1] as number))) * (sorted[rank] as number)
    return total
  })
  const lengths = shares.map((sum) => sum / total)
  return { ...found, upTo: lengths, table: guide(lengths) }
}

function valueAt({ sorted, upTo, table }: Distribution, u: number): number {
  const last = sorted.length - 1
  let rank = table[Math.floor(u * sorted.length)] as number
  while (rank < last && (upTo[rank] as number) < u) rank += 1
  return sorted[rank] as number
}

/** Values in order, and for each the share of draws up to and including it. */
function evenly(values: readonly number[]) {
  const sorted = Float64Array.from(values).sort()
  return { sorted, upTo: sorted.map((_, rank) => (rank + 1) / sorted.length) }
}

function weighted(values: readonly number[], weights: readonly number[]) {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] as number) - (values[b] as number))
  const sorted = Float64Array.from(order, (index) => values[index] as number)
  const upTo = new Float64Array(values.length)
  let total = 0
  for (const [rank, index] of order.entries()) {
    total += weights[index] as number
    upTo[rank] = total
  }
  return { sorted, upTo: upTo.map((sum) => sum / total) }
}

/** Where to begin looking for u in the shares: the guide table of Chen and Asau (1974), one look on average. */
function guide(upTo: Float64Array): Uint32Array {
  const table = new Uint32Array(upTo.length)
  let rank = 0
  for (let cell = 0; cell < table.length; cell += 1) {
    while ((upTo[rank] as number) < cell / table.length) rank += 1
    table[cell] = rank
  }
  return table
}

/** Share of the moment in the largest values, which this share of all draws has; a value more frequent counts in part. */
function beyond({ sorted, upTo, mean, second }: Distribution, order: 1 | 2, rarity: number): number {
  let left = rarity
  let moment = 0
  for (let rank = sorted.length - 1; rank >= 0 && left > 0; rank -= 1) {
    const share = Math.min(left, (upTo[rank] as number) - (rank === 0 ? 0 : (upTo[rank - 1] as number)))
    const value = sorted[rank] as number
    moment += share * (order === 1 ? value : value * value)
    left -= share
  }
  const whole = order === 1 ? mean : second
  return whole === 0 ? 0 : Math.min(1, moment / whole)
}

export const empirical = defineDistribution({
  name: 'empirical',
  title: 'Empirical',
  summary: 'Draws again from what was observed, each value as often as it was seen.',
  source: 'Guide table: H.-C. Chen and Y. Asau, On generating random variates from an empirical distribution, 1974',
  goodFor: 'Measured latencies and sizes.',
  costs: 'Never draws anything larger than what was observed.',
  main: 'values',
  example: { distribution: 'empirical', values: ['2ms', '3ms', '9ms'], weights: [70, 25, 5] },
  params: {
    values: list({ meaning: 'The observations.', optional: true, of: amount({ meaning: 'One observation.' }) }),
    weights: list({
      meaning: 'How often each was seen; equally often unless given.',
      optional: true,
      of: factor({ meaning: 'How often one was seen.', min: 0 }),
    }),
    file: file({
      meaning: 'A file with one observation a line, and after it, if one likes, how often it was seen.',
      optional: true,
    }),
    unit: amount({ meaning: 'What 1 in the file means.', optional: true }),
  },
  check(given) {
    const found = distributionOf(given)
    return typeof found === 'string' ? found : undefined
  },
  momentBeyond: (given, order, rarity) => beyond(distributionOf(given) as Distribution, order, rarity),
  create(given) {
    const found = distributionOf(given) as Distribution
    const { sorted, mean, second } = found
    const same = sorted[0] === sorted[sorted.length - 1]
    let lengths: Distribution | null = null
    return {
      sample: (source) => valueAt(found, source.next()),
      residual(source) {
        lengths ??= byLength(found)
        return valueAt(lengths, source.next()) * source.next()
      },
      mean: same ? (sorted[0] as number) : mean,
      squaredCoefficientOfVariation: same ? 0 : second / (mean * mean) - 1,
      ...(same ? { constant: sorted[0] as number } : {}),
    }
  },
})
