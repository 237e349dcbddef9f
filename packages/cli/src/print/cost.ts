import type { Answer } from '@loadpath/core'
import { estimate, money, quantity } from './number.ts'
import { listed, type Page, prose, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** The cost, its parts, and the blocks without a price. */
export function printCost(answer: Answer, page: Page): string[] {
  const { cost } = answer
  const { perHour, perMonth, perMillionAnswered, parts, withoutPrice } = cost
  if (parts.length === 0) {
    if (withoutPrice.length === 0) return []
    return section('Cost', prose(`Unknown: no price is set for ${listed(withoutPrice)}.`, page), page)
  }
  const perMillion = perMillionAnswered === null ? '' : `, ${money(perMillionAnswered)} per million answered requests`
  const found = cost.estimate
  const hourly = found.sufficient && found.low < found.high ? estimate(found, 'price') : `${money(perHour)}/h`
  const lines = prose(`${hourly}${whenUnsettled(answer)}, ${money(perMonth)} a month${perMillion}.`, page)
  if (parts.length > 1) {
    const rows = parts
      .toSorted((a, b) => b.perHour - a.perHour)
      .map((part): Cell[] => [
        part.block,
        part.what,
        `${money(part.perHour)}/h`,
        perHour > 0 ? quantity(part.perHour / perHour, 'share') : '',
      ])
    const columns = [{ heading: '' }, { heading: '' }, { heading: '', align: 'right' }, { heading: '', align: 'right' }]
    lines.push(...table(columns as { heading: string }[], rows, { width: page.width }))
  }
  if (withoutPrice.length > 0) {
    lines.push(...prose(`Not in the sum: ${listed(withoutPrice)} (no price set).`, page))
  }
  return section('Cost', lines, page)
}

/** A qualifier for traffic prices of a run without a steady state; empty otherwise. */
export function whenUnsettled({ cost, run }: Pick<Answer, 'cost' | 'run'>): string {
  return run.isUnsettled === true && !cost.estimate.sufficient
    ? ' at the rates of a run that did not reach steady state'
    : ''
}
