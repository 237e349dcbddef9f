import type { Answer } from '@loadpath/core'
import { quantity } from './number.ts'
import { type Page, prose, section } from './page.ts'

/** What fills up first, and when. */
export function printBottleneck({ bottleneck }: Answer, page: Page): string[] {
  if (bottleneck === null) return []
  const { block, resource, utilisation, fullAtLoad } = bottleneck
  const inUse = `${quantity(utilisation, 'share')} in use`
  const when =
    utilisation < 0.99
      ? `They are full at ${quantity(fullAtLoad, 'factor')} times this load, if their use grows in proportion.`
      : `They are full${fullAtLoad < 0.99 ? `, and would be so at ${quantity(fullAtLoad, 'factor')} times this load` : ''}.`
  return section('Bottleneck', prose(`The ${resource} of ${block}, ${inUse}, fill up first. ${when}`, page), page)
}
