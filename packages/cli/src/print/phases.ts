import type { Answer } from '@loadpath/core'
import { briefly, estimate, inOneUnit, range } from './number.ts'
import { type Page, prose, safe, section } from './page.ts'
import { tailOf, unitOfTails } from './percentiles.ts'
import { table } from './table.ts'

/** The requests before, during and after each event. */
export function printPhases({ phases, requests }: Answer, page: Page): string[] {
  if (phases.length < 2) return []
  const ends = phases.some(({ wellAgain }) => wellAgain !== undefined)
  const headings = ['time', 'phase', 'throughput', 'availability', 'mean response time', 'p99']
  if (ends) headings.push('well again')
  const columns = headings.map((heading) => ({ heading }))
  const units = unitsOf(phases)
  const rows = phases.map((phase) => [
    range(phase.fromMs, phase.toMs, units.time),
    safe(phase.label),
    estimate(phase.requests.throughputPerSecond, 'rate'),
    briefly(phase.requests.availability, 'share'),
    estimate(phase.requests.mean, units.mean),
    tailOf(phase.requests, units.tail),
    ...(ends ? [phase.wellAgain === undefined ? '' : estimate(phase.wellAgain, units.wellAgain)] : []),
  ])
  const lines = table(columns, rows, { width: page.width, paintHeading: page.colours.quiet })
  const note = prose('All kinds of request together.', page, { paint: page.colours.quiet })
  return section('Over time', [...lines, ...(requests.length > 2 ? note : [])], page)
}

/** The unit of each column of durations. */
export function unitsOf(phases: Answer['phases']) {
  return {
    time: inOneUnit(phases.map(({ toMs }) => toMs)),
    mean: inOneUnit(phases.map(({ requests }) => requests.mean)),
    tail: unitOfTails(phases.map(({ requests }) => requests)),
    wellAgain: inOneUnit(phases.map(({ wellAgain }) => wellAgain)),
  }
}
