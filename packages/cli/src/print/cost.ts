import type { Answer } from '@loadpath/core'
import { estimate, money, quantity } from './number.ts'
import { listed, type Page, prose, section } from './page.ts'
import { type Cell, table } from './table.ts'

/** What it costs, and what is not in the sum. */
export function printCost(answer: Answer, page: Page): string[] {
  const { cost } = answer
  const { perHour, perMonth, perMillionAnswered, parts, withoutPrice } = cost
  if (parts.length === 0) {
    if (withoutPrice.length === 0) return []
    return section('Cost', prose(`Unknown: no price is given for ${listed(withoutPrice)}.`, page), page)
  }
  const perMillion = perMillionAnswered === null ? '' : `, ${money(perMillionAnswered)} per million answered`
  const found = cost.estimate
  const hourly = found.sufficient && found.low < found.high ? estimate(found, 'price') : `${money(perHour)}/h`
  const lines = prose(`${hourly}${whenUnsettled(answer)}, that is ${money(perMonth)} a month${perMillion}.`, page)
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
    lines.push(...prose(`Not in the sum: ${listed(withoutPrice)}, for which no price is given.`, page))
  }
  return section('Cost', lines, page)
}

/** Whose rates a price by what is carried is at, where these are not those of the steady state. */
export function whenUnsettled({ cost, run }: Pick<Answer, 'cost' | 'run'>): string {
  return run.isUnsettled === true && !cost.estimate.sufficient
    ? ' at the rates of a run that had not reached a steady state'
    : ''
}
