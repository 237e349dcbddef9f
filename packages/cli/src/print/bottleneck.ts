import type { Answer } from '@loadpath/core'
import { quantity } from './number.ts'
import { type Page, prose, section } from './page.ts'

/** What fills up first, and when. */
export function printBottleneck({ bottleneck }: Answer, page: Page): string[] {
  if (bottleneck === null) return []
  const { block, resource, utilisation, fullAtLoad } = bottleneck
  const inUse = `${quantity(utilisation, 'share')} in use`
  const when =
    fullAtLoad > 1
      ? `It is full at ${quantity(fullAtLoad, 'factor')} times this load, if its use grows in proportion.`
      : `It is full from ${quantity(fullAtLoad, 'factor')} times this load.`
  return section('Bottleneck', prose(`${resource} of ${block}, ${inUse}: what fills up first. ${when}`, page), page)
}
