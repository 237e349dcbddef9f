import type { Answer } from '@loadpath/core'
import { quantity } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'

/** What fills up first, and when. */
export function printBottleneck({ bottleneck }: Answer, page: Page): string[] {
  if (bottleneck === null) return []
  const { utilization, saturationLoad, peak } = bottleneck
  const inUse = `${quantity(utilization, 'share')} in use${phaseSaid(bottleneck)}`
  const atPeak = peak === undefined ? '' : ' at the busiest moment'
  const when =
    saturationLoad > 1.005
      ? `They are full${atPeak} at ${quantity(saturationLoad, 'factor')} times this load, if their use grows in proportion.`
      : `They are full${atPeak}${saturationLoad < 0.99 ? `, and would be so at ${quantity(saturationLoad, 'factor')} times this load` : ''}.`
  return section('Bottleneck', prose(`${resourceSaid(bottleneck)}, ${inUse}, fill up first. ${when}`, page), page)
}

/** ` from 10.0 s to 20.0 s (spike of visitors)`, or nothing where it is of the whole run. */
export function phaseSaid({ phase }: NonNullable<Answer['bottleneck']>): string {
  if (phase === undefined) return ''
  return ` from ${quantity(phase.fromMs, 'duration')} to ${quantity(phase.toMs, 'duration')} (${safe(phase.label)})`
}

/** `The cores of web.2`. */
export function resourceSaid({ block, instance, resource }: NonNullable<Answer['bottleneck']>): string {
  return `The ${resource} of ${block}${instance === null ? '' : `.${instance}`}`
}
