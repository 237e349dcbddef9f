import type { Answer } from '@loadpath/core'
import { footing } from '../print/footer.ts'
import { html, type Markup } from './markup.ts'
import { type Place, section } from './place.ts'

/** Returns how the numbers were computed, and the seed that reproduces them. */
export function provenance(answer: Answer, place: Place): Markup {
  return section(place, 'Method', [html`<p>${footing(answer)}</p>`])
}
