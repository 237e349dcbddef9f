import { type Answer, version } from '@loadpath/core'
import { assumptions } from './assumptions.ts'
import { backlogs } from './backlogs.ts'
import { blocks } from './blocks.ts'
import { breakdown } from './breakdown.ts'
import { contents } from './contents.ts'
import { cost } from './cost.ts'
import { diagram } from './diagram.ts'
import { distribution } from './distribution.ts'
import { documentOf } from './document.ts'
import { guardedCalls } from './guarded-calls.ts'
import { nameOf, verdict } from './head.ts'
import { html, type Markup } from './markup.ts'
import { numbers } from './numbers.ts'
import { objectives } from './objectives.ts'
import { outcomes } from './outcomes.ts'
import { overTime } from './over-time.ts'
import type { Place } from './place.ts'
import { provenance } from './provenance.ts'
import { waterfall } from './waterfall.ts'
import { worlds } from './worlds.ts'

/** In reading order. */
const sections = [
  numbers,
  objectives,
  diagram,
  distribution,
  breakdown,
  overTime,
  blocks,
  guardedCalls,
  backlogs,
  outcomes,
  waterfall,
  cost,
  worlds,
  assumptions,
  provenance,
]

/** Returns the answer as one self-contained HTML page. */
export function htmlReport(answer: Answer): string {
  const name = nameOf(answer)
  const parts = reportBody(answer, { level: 2, prefix: '' })
  const body = html`<header>
<h1>${name}</h1>
${answer.about === undefined ? null : html`<p class="about">${answer.about}</p>`}
</header>
<main>
${verdict(answer)}
${contents(parts)}${parts}
</main>
${foot()}
`
  return documentOf(name, body)
}

/** Returns all sections of one answer. */
export function reportBody(answer: Answer, place: Place): readonly Markup[] {
  return sections.map((section) => section(answer, place))
}

/** Returns the last line of every page. */
export function foot(): Markup {
  return html`<footer><p>Loadpath ${version}. This page is self-contained: it loads nothing from the network.</p></footer>`
}
