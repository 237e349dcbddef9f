import type { Answer, BacklogAnswer, BlockAnswer } from '@loadpath/core'
import { count, estimate, isGrowing, quantity } from './number.ts'
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

/** One cell a heading. */
export function backlogCells({ name, backlog }: Backlogged): string[] {
  const { atEnd, oldest, oldestMax, oldestAtEnd } = backlog
  return [
    name,
    atEnd.sufficient || isGrowing(atEnd) ? estimate(atEnd, 'factor') : count(0),
    estimate(oldest, 'duration'),
    isGrowing(oldestAtEnd) ? estimate(oldestAtEnd, 'duration') : quantity(oldestMax, 'duration'),
    estimate(oldestAtEnd, 'duration'),
    drainSaid(backlog),
  ]
}

/** Nothing for a steady run: its backlog stays. */
function drainSaid({ timeToDrain }: BacklogAnswer): string {
  if (timeToDrain === null) return ''
  return timeToDrain === 'never' ? 'never' : estimate(timeToDrain, 'duration')
}

/** The messages that wait in queues: how many, how old the oldest is, and how long the queue takes to drain. */
export function printBacklogs(answer: Answer, page: Page): string[] {
  const found = backloggedIn(answer)
  if (found.length === 0) return []
  const columns = backlogHeadings.map((heading) => ({ heading }))
  const lines = table(columns, found.map(backlogCells), { width: page.width, paintHeading: page.colours.quiet })
  return section('Backlogs', lines, page)
}
