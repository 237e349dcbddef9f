import type { Answer, Comparison } from '@loadpath/core'
import { briefly, estimate, money, quantity } from '../print/number.ts'
import { tailOf } from '../print/percentiles.ts'
import { isHopeless } from '../print/verdict.ts'
import { breakable } from './breakable.ts'
import { drawBars, rowOf } from './breakdown.ts'
import { comparisonOverTime } from './comparison-over-time.ts'
import { contents } from './contents.ts'
import { dataTable } from './data-table.ts'
import { differences, differencesSaid } from './differences.ts'
import { distributionFigure } from './distribution.ts'
import { documentOf } from './document.ts'
import { figure } from './figure.ts'
import { moodOfVerdict, nameOf, verdict, verdictWord } from './head.ts'
import { html, type Markup, nothing } from './markup.ts'
import { chip } from './objectives.ts'
import { below, type Place, section } from './place.ts'
import { foot, reportBody } from './report.ts'
import { utilizationByBlock } from './utilization-by-block.ts'

/** An answer with a name that is unique in its comparison. */
export interface Named {
  readonly name: string
  readonly answer: Answer
}

const sections = [sideBySide, objectives, differences, responses, times, comparisonOverTime, utilizationByBlock]

/** Returns several designs side by side, their significant differences, and each full report behind a fold. */
export function htmlComparison(comparison: Comparison): string {
  const all = namesFor(comparison.designs)
  const [first] = all
  const title = all.map(({ name }) => name).join(' · ')
  const place: Place = { level: 2, prefix: '' }
  const parts = [
    ...sections.map((part) => part(all, place, comparison)),
    section(place, 'Full reports', [all.map(inFull)]),
  ]
  const body = html`<header>
<h1>${title}</h1>
${first?.answer.about === undefined ? null : html`<p class="about">${first.answer.about}</p>`}
</header>
<main>
${differencesSaid(comparison, all)}
${contents(parts)}${parts}
</main>
${foot()}
`
  return documentOf(`Comparison: ${title}`, body)
}

/** Returns the variant or design name of each answer, numbered where names repeat. */
export function namesFor(designs: readonly Answer[]): readonly Named[] {
  const short = designs.map(({ design, variant }) => variant ?? design)
  return designs.map((answer, i) => {
    const name = short[i] as string
    const earlier = short.slice(0, i).filter((other) => other === name).length
    return { name: earlier === 0 ? name : `${name} (${earlier + 1})`, answer }
  })
}

function inFull({ name, answer }: Named, i: number): Markup {
  return html`<details class="design"><summary><h3>${name === answer.design ? nameOf(answer) : name}</h3></summary>
${verdict(answer)}
${reportBody(answer, { level: 4, prefix: `design-${i + 1}-` })}
</details>
`
}

function sideBySide(all: readonly Named[], place: Place): Markup {
  const rows = all.map(({ name, answer }, i) => {
    const [requests] = answer.requests
    const title = html`<span class="swatch hue-${(i % 6) + 1}"></span>\u2060${name}`
    if (requests === undefined) return [title]
    const tail = tailOf(requests)
    const { bottleneck } = answer
    return [
      title,
      html`<span class="chip ${moodOfVerdict(answer)}">${verdictWord(answer.verdict)}</span>`,
      estimate(requests.throughputPerSecond, 'rate'),
      briefly(requests.availability, 'share'),
      isHopeless(answer) ? '–' : estimate(requests.mean, 'duration'),
      tail === '' ? '–' : tail,
      bottleneck === null ? '–' : `${bottleneck.block}, ${quantity(bottleneck.utilization, 'share')}`,
      answer.cost.parts.length === 0 ? 'unknown' : `${money(answer.cost.perMonth)} a month`,
    ]
  })
  const headings = [
    'design',
    'verdict',
    'throughput',
    'availability',
    'mean response time',
    'p99',
    'bottleneck',
    'cost',
  ]
  const table = dataTable({
    caption: 'Key figures by design',
    cards: true,
    columns: headings.map((heading, i) => (i < 2 ? { heading } : { heading, align: 'right' })),
    rows,
  })
  return section(place, 'Side by side', [table])
}

/** Returns the verdict of each objective for each design. */
function objectives(all: readonly Named[], place: Place): Markup {
  const texts = [...new Set(all.flatMap(({ answer }) => answer.objectives.map(({ objective }) => objective.text)))]
  if (texts.length === 0) return nothing
  const table = dataTable({
    caption: 'Objectives by design',
    cards: true,
    columns: [{ heading: 'objective' }, ...all.map(({ name }) => ({ heading: name }))],
    rows: texts.map((text) => [
      html`<code>${breakable(text)}</code>`,
      ...all.map(({ answer }) => {
        const found = answer.objectives.find(({ objective }) => objective.text === text)
        return found === undefined ? '–' : chip(found.verdict)
      }),
    ]),
  })
  return section(place, 'Objectives', [table])
}

function responses(all: readonly Named[], place: Place): Markup {
  const found = all.flatMap(({ name, answer }) =>
    (answer.pictures?.distributions ?? []).slice(0, 1).map(({ percentiles }) => ({ name, percentiles })),
  )
  if (found.length === 0) return nothing
  const missing = all.filter(({ answer }) => isHopeless(answer)).map(({ name }) => name)
  const lead = missing.length === 0 ? null : `Not shown: ${missing.join(', ')} (overloaded, so without response times).`
  const picture = distributionFigure(found, below(place), 'Response time by percentile, all requests', true)
  return section(place, 'Response time', [picture], lead)
}

function times(all: readonly Named[], place: Place): Markup {
  const known = all.filter(({ answer }) => answer.breakdown.requestsFollowed > 0 && !isHopeless(answer))
  if (known.length === 0) return nothing
  const largest = Math.max(...known.map(({ answer }) => answer.breakdown.meanMs))
  const rows = known.map(({ name, answer }) => rowOf(name, answer.breakdown.parts, largest))
  const picture = figure(below(place), {
    title: 'Mean response time by design',
    summary: `${rows.map(({ block, ms }) => `${block} ${quantity(ms, 'duration')}`).join(', ')}.`,
    draw: (width) => drawBars(rows, width, false),
  })
  return section(place, 'Response time breakdown', [picture])
}
