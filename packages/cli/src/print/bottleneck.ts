import type { Answer } from '@loadpath/core'
import { quantity } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'

/** The resource that saturates first, and the load at which it does. */
export function printBottleneck({ bottleneck }: Answer, page: Page): string[] {
  if (bottleneck === null) return []
  return section('Bottleneck', prose(bottleneckSaid(bottleneck), page), page)
}

/** `web saturates first: its cores are at 19.8 % utilization and reach 100 % at 5.06 times this load …`. */
export function bottleneckSaid(bottleneck: NonNullable<Answer['bottleneck']>): string {
  const { block, instance, resource, utilization, saturationLoad, peak, isWithBacklog = false } = bottleneck
  const where = `${safe(block)}${instance === null ? '' : `.${instance}`}`
  const [are, reach] = resource.endsWith('s') ? ['are', 'reach'] : ['is', 'reaches']
  const use = `its ${safe(resource)} ${are} at ${quantity(utilization, 'share')} utilization${phaseSaid(bottleneck)}`
  const atPeak = peak === undefined ? '' : ' at the busiest moment'
  const load = `${quantity(saturationLoad, 'factor')} times this load`
  if (isWithBacklog) {
    const they = resource.endsWith('s') ? 'they reach' : 'it reaches'
    return `${where} saturates first: ${use}. That includes work on the backlog at the start; without it, ${they} 100 %${atPeak} at ${load}, if utilization grows linearly.`
  }
  if (saturationLoad > 1.005) {
    return `${where} saturates first: ${use} and ${reach} 100 %${atPeak} at ${load}, if utilization grows linearly.`
  }
  const most = saturationLoad < 0.99 ? ` It carries at most ${load}.` : ''
  return `${where} is saturated${atPeak}: ${use}.${most}`
}

/** ` from 10.0 s to 20.0 s (spike of visitors)`, or nothing where it is of the whole run. */
export function phaseSaid({ phase }: NonNullable<Answer['bottleneck']>): string {
  if (phase === undefined) return ''
  return ` from ${quantity(phase.fromMs, 'duration')} to ${quantity(phase.toMs, 'duration')} (${safe(phase.label)})`
}
