import { blocks } from '../blocks/index.ts'
import type { Estimate } from '../stats/estimate.ts'
import type { CostAnswer } from './answer.ts'
import type { RunResults } from './run-results.ts'

const hoursPerMonth = 730
const msPerHour = 3_600_000

/** Price by the hour with its interval: what is carried is random. */
export function costPerHour(results: RunResults): Estimate {
  const { rented, counted } = pricesOf(results)
  const sum = rented.reduce((total, { perHour }) => total + perHour, 0)
  if (counted.length === 0) return results.exactly(sum)
  const carried = paidPerMs(results, counted)
  if (!carried.sufficient) return carried
  const perHour = (perMs: number) => sum + perMs * msPerHour
  return { ...carried, point: perHour(carried.point), low: perHour(carried.low), high: perHour(carried.high) }
}

/** What is paid for what some counters count, per ms of the time measured. */
function paidPerMs(results: RunResults, counted: Prices['counted']): Estimate {
  const sums = counted.map(({ block, counter, price }) =>
    results.blockSums(block, (cell) => price * (cell.counters[counter] ?? 0), results.measured),
  )
  const paid = results.replicates.map((_, i) => sums.reduce((sum, of) => sum + (of[i] as number), 0))
  return results.interval(paid, results.durationsMs(results.measured))
}

interface Prices {
  readonly rented: readonly { block: string; perHour: number }[]
  readonly counted: readonly { name: string; what: string; block: number; counter: number; price: number }[]
  readonly withoutPrice: readonly string[]
}

/** In name order, so that neither the lists nor the last bit of the sum depend on how the blocks are declared. */
function pricesOf(results: RunResults): Prices {
  const rented: Prices['rented'][number][] = []
  const counted: Prices['counted'][number][] = []
  const withoutPrice: string[] = []
  for (const { name, type, values } of [...results.design.blocks].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const { pricePerHour, pricesPerCount } = blocks.get(type)
    const perHour = pricePerHour?.(values)
    if (perHour !== undefined && perHour > 0) rented.push({ block: name, perHour })
    else if (perHour !== undefined) withoutPrice.push(name)
    const counters = pricesPerCount?.(values) ?? []
    const unpriced = counters.filter(({ price }) => price === undefined)
    if (unpriced.length > 0 && unpriced.length === counters.length) withoutPrice.push(name)
    else withoutPrice.push(...unpriced.map(({ what }) => `${what} of ${name}`))
    for (const { counter, price = 0, what } of counters) {
      if (price === 0) continue
      const block = results.blocks.indexOf(name)
      counted.push({ name, what, block, counter: results.counter(block, counter), price })
    }
  }
  return { rented, counted, withoutPrice }
}

/** Price of what is rented, by the hour, and of what was carried, at the rate measured. */
export function costOf(results: RunResults): CostAnswer {
  const { rented, counted, withoutPrice } = pricesOf(results)
  const totalMs = results.durationsMs(results.measured).reduce((sum, ms) => sum + ms, 0)
  const carried = (totalMs === 0 ? [] : counted).map(({ name, what, block, counter, price }) => {
    const count = results.blockSum(block, (cell) => cell.counters[counter] ?? 0)
    return { block: name, what, perHour: (count / totalMs) * msPerHour * price }
  })
  const parts = [...rented.map((part) => ({ ...part, what: 'instances' })), ...carried]
  const perHour = parts.reduce((sum, part) => sum + part.perHour, 0)
  const answered = results.sums(results.all, (cell) => cell.answered).reduce((sum, count) => sum + count, 0)
  const answeredPerHour = totalMs > 0 ? (answered / totalMs) * msPerHour : 0
  return {
    perHour,
    estimate: costPerHour(results),
    perMonth: perHour * hoursPerMonth,
    perMillionAnswered: perHour > 0 && answeredPerHour > 0 ? (perHour / answeredPerHour) * 1e6 : null,
    parts,
    withoutPrice,
  }
}
