import type { Answer } from '@loadpath/core'
import { quantity } from './number.ts'
import { type Page, prose, section } from './page.ts'

/** What fills up first, and when. */
export function printBottleneck({ bottleneck }: Answer, page: Page): string[] {
  if (bottleneck === null) return []
  const { utilisation, fullAtLoad } = bottleneck
  const inUse = `${quantity(utilisation, 'share')} in use`
  const when =
    fullAtLoad > 1.005
      ? `They are full at ${quantity(fullAtLoad, 'factor')} times this load, if their use grows in proportion.`
      : `They are full${fullAtLoad < 0.99 ? `, and would be so at ${quantity(fullAtLoad, 'factor')} times this load` : ''}.`
  return section('Bottleneck', prose(`${resourceSaid(bottleneck)}, ${inUse}, fill up first. ${when}`, page), page)
}

/** `The cores of web.2`. */
export function resourceSaid({ block, instance, resource }: NonNullable<Answer['bottleneck']>): string {
  return `The ${resource} of ${block}${instance === null ? '' : `.${instance}`}`
}
