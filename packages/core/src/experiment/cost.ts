import { blocks } from '../blocks/index.ts'
import type { CostAnswer } from './answer.ts'
import type { Findings } from './findings.ts'

const hoursPerMonth = 730
const msPerHour = 3_600_000

/** Price of what is rented, by the hour, and of what was carried, at the rate measured. */
export function costOf(findings: Findings): CostAnswer {
  const parts: CostAnswer['parts'][number][] = []
  const withoutPrice: string[] = []
  const totalMs = findings.durationsMs(findings.measured).reduce((sum, ms) => sum + ms, 0)
  // In name order, so that neither the lists nor the last bit of the sum depend on how the blocks are declared.
  const named = [...findings.design.blocks].sort((a, b) => (a.name < b.name ? -1 : 1))
  named.forEach((block) => {
    const type = blocks.get(block.type)
    const rented = type.pricePerHour?.(block.values)
    if (rented !== undefined && rented > 0) parts.push({ block: block.name, what: 'instances', perHour: rented })
    else if (rented !== undefined) withoutPrice.push(block.name)
    for (const { counter, price, what } of type.pricesPerCount?.(block.values) ?? []) {
      if (price === 0 || totalMs === 0) continue
      const place = findings.blocks.indexOf(block.name)
      const index = findings.counter(place, counter)
      const count = findings.blockSum(place, (cell) => cell.counters[index] ?? 0)
      parts.push({ block: block.name, what, perHour: (count / totalMs) * msPerHour * price })
    }
  })
  const perHour = parts.reduce((sum, part) => sum + part.perHour, 0)
  const answered = findings.sums(findings.all, (cell) => cell.answered).reduce((sum, count) => sum + count, 0)
  const answeredPerHour = totalMs > 0 ? (answered / totalMs) * msPerHour : 0
  return {
    perHour,
    perMonth: perHour * hoursPerMonth,
    perMillionAnswered: perHour > 0 && answeredPerHour > 0 ? (perHour / answeredPerHour) * 1e6 : null,
    parts,
    withoutPrice,
  }
}
