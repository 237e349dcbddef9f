import type { Answer, PhaseAnswer } from '@loadpath/core'
import { estimate, range } from './number.ts'
import { type Page, safe, section } from './page.ts'
import { responseOf } from './percentiles.ts'
import { table } from './table.ts'

/** Before, during and after each event. */
export function printPhases({ phases }: Answer, page: Page): string[] {
  if (phases.length < 2) return []
  const columns = ['when', 'what', 'answered', 'available', 'mean', 'p99'].map((heading) => ({ heading }))
  const rows = phases.map((phase) => [
    range(phase.fromMs, phase.toMs, 'duration'),
    safe(phase.label),
    estimate(phase.requests.answeredPerSecond, 'rate'),
    estimate(phase.requests.availability, 'share'),
    estimate(phase.requests.mean, 'duration'),
    tailOf(phase),
  ])
  return section('Over time', table(columns, rows, { width: page.width, paintHeading: page.colours.quiet }), page)
}

function tailOf({ requests }: PhaseAnswer): string {
  const found = requests.percentiles.find(({ percentile }) => percentile === 99)
  return found === undefined ? '' : responseOf(found)
}
