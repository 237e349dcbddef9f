import type { Answer, BacklogAnswer, BlockAnswer } from '@loadpath/core'
import { count, estimate, inOneUnit, isGrowing, type Measured, quantity } from './number.ts'
import { type Page, section } from './page.ts'
import { table } from './table.ts'

/** A block with messages that wait to be taken. */
export type Backlogged = BlockAnswer & { readonly backlog: BacklogAnswer }

/** The queues in which messages waited. */
export function backloggedIn({ blocks, run }: Answer): readonly Backlogged[] {
  if (run.isUnsettled === true) return []
  return blocks.filter((block): block is Backlogged => (block.backlog?.oldestMax ?? 0) > 0)
}

export const backlogHeadings = [
  'queue',
  'messages at the end',
  'oldest, mean',
  'oldest, most',
  'oldest at the end',
  'time to drain',
]

/** A row for each queue, with one cell a heading. */
export function backlogRows(found: readonly Backlogged[]): string[][] {
  const ages = inOneUnit(
    found.flatMap(({ backlog: { oldest, oldestMax, oldestAtEnd } }) => [oldest, oldestMax, oldestAtEnd]),
  )
  const drain = inOneUnit(found.map(({ backlog: { timeToDrain } }) => (timeToDrain === 'never' ? null : timeToDrain)))
  return found.map((one) => backlogCells(one, ages, drain))
}

function backlogCells({ name, backlog }: Backlogged, ages: Measured, drain: Measured): string[] {
  const { atEnd, oldest, oldestMax, oldestAtEnd } = backlog
  return [
    name,
    atEnd.sufficient || isGrowing(atEnd) ? estimate(atEnd, 'factor') : count(0),
    estimate(oldest, ages),
    isGrowing(oldestAtEnd) ? estimate(oldestAtEnd, ages) : quantity(oldestMax, ages),
    estimate(oldestAtEnd, ages),
    drainSaid(backlog, drain),
  ]
}

/** Nothing for a steady run: its backlog stays. */
function drainSaid({ timeToDrain }: BacklogAnswer, unit: Measured): string {
  if (timeToDrain === null) return ''
  return timeToDrain === 'never' ? 'never' : estimate(timeToDrain, unit)
}

/** The messages that wait in queues: how many, how old the oldest is, and how long the queue takes to drain. */
export function printBacklogs(answer: Answer, page: Page): string[] {
  const found = backloggedIn(answer)
  if (found.length === 0) return []
  const columns = backlogHeadings.map((heading) => ({ heading }))
  const lines = table(columns, backlogRows(found), { width: page.width, paintHeading: page.colours.quiet })
  return section('Backlogs', lines, page)
}
