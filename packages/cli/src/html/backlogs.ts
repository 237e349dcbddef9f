import type { Answer } from '@loadpath/core'
import { backloggedIn, backlogHeadings, backlogRows } from '../print/backlogs.ts'
import { breakable } from './breakable.ts'
import { dataTable } from './data-table.ts'
import { type Markup, nothing } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns the messages that wait in queues: how many, how old the oldest is, and how long the queue takes to drain. */
export function backlogs(answer: Answer, place: Place): Markup {
  const found = backloggedIn(answer)
  if (found.length === 0) return nothing
  const content = dataTable({
    caption: 'Backlogs of queues',
    cards: true,
    columns: backlogHeadings.map((heading, i) => (i === 0 ? { heading } : { heading, align: 'right' })),
    rows: backlogRows(found).map((cells) => cells.map((text) => (text === '' ? '–' : breakable(text)))),
  })
  return section(place, 'Backlogs', [content], '“Oldest” is the age of the message that has waited longest.')
}
