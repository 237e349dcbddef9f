import { type Answer, type Comparison, version } from '@loadpath/core'
import { briefly, estimate, money, quantity } from '../print/number.ts'
import { tailOf } from '../print/percentiles.ts'
import { isHopeless } from '../print/verdict.ts'
import { drawBars, rowOf } from './breakdown.ts'
import { dataTable } from './data-table.ts'
import { differences, differencesSaid } from './differences.ts'
import { distributionFigure } from './distribution.ts'
import { documentOf } from './document.ts'
import { figure } from './figure.ts'
import { moodOfVerdict, nameOf, verdict, verdictWord } from './head.ts'
import { html, type Markup, nothing } from './markup.ts'
import { chip } from './objectives.ts'
import { below, type Place, section } from './place.ts'
import { reportBody } from './report.ts'
import { useByBlock } from './use-by-block.ts'

/** An answer under the name by which it is told from the others. */
export interface Named {
  readonly name: string
  readonly answer: Answer
}

const sections = [sideBySide, objectives, differences, responses, times, useByBlock]

/** Several designs side by side, which differences are certain, and each in full behind a fold. */
export function htmlComparison(comparison: Comparison): string {
  const all = namesFor(comparison.designs)
  const [first] = all
  const title = all.map(({ name }) => name).join(' · ')
  const place: Place = { level: 2, prefix: '' }
  const body = html`<header>
<h1>${title}</h1>
${first?.answer.about === undefined ? null : html`<p class="about">${first.answer.about}</p>`}
</header>
<main>
${differencesSaid(comparison, all)}
${sections.map((part) => part(all, place, comparison))}
${section(place, 'Each design in full', [all.map(inFull)])}
</main>
<footer><p>Loadpath ${version}. This page needs no network and holds all that was found.</p></footer>
`
  return documentOf(`Comparison: ${title}`, body)
}

/** The name of its variant, else its own; numbered where that is not enough. */
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
    const title = html`<span class="swatch hue-${(i % 6) + 1}"></span>${name}`
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
  const headings = ['design', 'verdict', 'answered', 'available', 'mean', '99 in 100 within', 'bottleneck', 'cost']
  const table = dataTable({
    caption: 'The same numbers of each design',
    cards: true,
    columns: headings.map((heading, i) => (i < 2 ? { heading } : { heading, align: 'right' })),
    rows,
  })
  return section(place, 'Side by side', [table])
}

/** Which objective each design keeps. */
function objectives(all: readonly Named[], place: Place): Markup {
  const texts = [...new Set(all.flatMap(({ answer }) => answer.objectives.map(({ objective }) => objective.text)))]
  if (texts.length === 0) return nothing
  const table = dataTable({
    caption: 'Objectives of each design',
    cards: true,
    columns: [{ heading: 'objective' }, ...all.map(({ name }) => ({ heading: name }))],
    rows: texts.map((text) => [
      html`<code>${text}</code>`,
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
  const lead = missing.length === 0 ? null : `Without ${missing.join(', ')}: an overloaded system has no response time.`
  const picture = distributionFigure(found, below(place), 'Response time of all requests, by percentile', true)
  return section(place, 'How long it takes', [picture], lead)
}

function times(all: readonly Named[], place: Place): Markup {
  const known = all.filter(({ answer }) => answer.breakdown.requestsFollowed > 0 && !isHopeless(answer))
  if (known.length === 0) return nothing
  const largest = Math.max(...known.map(({ answer }) => answer.breakdown.meanMs))
  const rows = known.map(({ name, answer }) => rowOf(name, answer.breakdown.parts, largest))
  const picture = figure(below(place), {
    title: 'Mean response time: processing, waiting, network',
    summary: `${rows.map(({ block, ms }) => `${block} ${quantity(ms, 'duration')}`).join(', ')}.`,
    draw: (width) => drawBars(rows, width, false),
  })
  return section(place, 'Where the time goes', [picture])
}
