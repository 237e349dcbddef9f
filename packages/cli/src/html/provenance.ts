import type { Answer } from '@loadpath/core'
import { footing } from '../print/footer.ts'
import { html, type Markup } from './markup.ts'
import { type Place, section } from './place.ts'

/** How the numbers came about, and how to get the same again. */
export function provenance(answer: Answer, place: Place): Markup {
  return section(place, 'How this was computed', [html`<p>${footing(answer)}</p>`])
}
