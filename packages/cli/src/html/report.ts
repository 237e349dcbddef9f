import { type Answer, version } from '@loadpath/core'
import { assumptions } from './assumptions.ts'
import { blocks } from './blocks.ts'
import { breakdown } from './breakdown.ts'
import { cost } from './cost.ts'
import { diagram } from './diagram.ts'
import { distribution } from './distribution.ts'
import { documentOf } from './document.ts'
import { nameOf, verdict } from './head.ts'
import { html, type Markup } from './markup.ts'
import { numbers } from './numbers.ts'
import { objectives } from './objectives.ts'
import { overTime } from './over-time.ts'
import type { Place } from './place.ts'
import { provenance } from './provenance.ts'
import { reasons } from './reasons.ts'
import { waterfall } from './waterfall.ts'
import { worlds } from './worlds.ts'

/** The order in which one asks. */
const sections = [
  numbers,
  objectives,
  diagram,
  distribution,
  breakdown,
  overTime,
  blocks,
  reasons,
  waterfall,
  cost,
  worlds,
  assumptions,
  provenance,
]

/** An answer as one page of HTML that needs nothing else. */
export function htmlReport(answer: Answer): string {
  const name = nameOf(answer)
  const body = html`<header>
<h1>${name}</h1>
${answer.about === undefined ? null : html`<p class="about">${answer.about}</p>`}
</header>
<main>
${verdict(answer)}
${reportBody(answer, { level: 2, prefix: '' })}
</main>
<footer><p>Loadpath ${version}. This page needs no network and holds all that was found.</p></footer>
`
  return documentOf(name, body)
}

/** All sections of one answer. */
export function reportBody(answer: Answer, place: Place): Markup {
  return html`${sections.map((section) => section(answer, place))}`
}
