import { bytes, count, known } from '../print/number.ts'
import type { TraceCacheAnswer } from '../traces/answer.ts'
import { findingsOf, ratio, sampleInWords, sizeLabels, sizesInWords } from '../traces/findings.ts'
import { dataTable } from './data-table.ts'
import { documentOf } from './document.ts'
import { figure } from './figure.ts'
import { html, type Markup, nothing } from './markup.ts'
import { missRatioChart } from './miss-ratio-chart.ts'
import { type Place, section } from './place.ts'
import { foot } from './report.ts'

/** Returns the hit ratios of cache policies on a trace, as a page. */
export function missRatioPage(answer: TraceCacheAnswer): string {
  const place: Place = { level: 2, prefix: '' }
  const { trace, sizes } = answer
  const [first = '', ...others] = findingsOf(answer)
  const plotted = sizes.length < 3 ? nothing : curve(answer, place)
  const body = html`<header>
<h1>${trace.file}</h1>
<p class="about">A recorded trace, format ${trace.format}${trace.isWhole ? '' : ', read in part'}.</p>
</header>
<main>
<div class="verdict"><p class="word">Findings</p><p class="sentence">${first}</p><ul>${others.map((sentence) => html`<li>${sentence}</li>`)}</ul>
${[...sampleInWords(answer), ...sizesInWords(answer)].map((sentence) => html`<p class="doubtful">${sentence}</p>`)}</div>
${section(place, 'Miss ratio by size', [plotted, ratios(answer, 'Hit ratio', 'hitRatio'), byteRatios(answer)])}
${section(place, 'Trace', [inventory(answer)])}
</main>
${foot()}
`
  return documentOf(`${trace.file}: miss ratios`, body)
}

function curve(answer: TraceCacheAnswer, place: Place): Markup {
  return figure(place, {
    title: 'Miss-ratio curve',
    summary: findingsOf(answer).join(' '),
    draw: (width) => missRatioChart(answer, width),
    note: 'The size axis is logarithmic. Each miss loads its object at once, and each cache starts empty.',
  })
}

function byteRatios(answer: TraceCacheAnswer): Markup {
  const hasBytes = answer.sizes.some(({ cells }) => cells.some((cell) => cell !== null && cell.byteHitRatio !== null))
  return hasBytes ? ratios(answer, 'Byte hit ratio', 'byteHitRatio') : nothing
}

function ratios(answer: TraceCacheAnswer, caption: string, value: 'hitRatio' | 'byteHitRatio'): Markup {
  const labels = sizeLabels(answer.sizes)
  return dataTable({
    caption,
    columns: [
      { heading: 'cache' },
      ...answer.policies.map(({ written }) => ({ heading: written, align: 'right' as const })),
    ],
    rows: answer.sizes.map(({ cells }, i) => [
      labels[i] ?? '',
      ...cells.map((cell) => {
        const found = cell?.[value]
        return found === null || found === undefined ? '–' : ratio(found)
      }),
    ]),
  })
}

function inventory({ inventory: found, trace, sample }: TraceCacheAnswer): Markup {
  const about = sample === null ? '' : 'about '
  const rows: (readonly [string, string])[] = [
    ['requests', count(found.requests)],
    ['distinct keys', about + count(found.distinct)],
    ...(found.bytes === null ? [] : [['requested bytes', bytes(found.bytes)] as const]),
    ...(found.distinctBytes === null ? [] : [['distinct bytes', about + bytes(found.distinctBytes)] as const]),
    [
      'keys requested once',
      `${about}${count(found.askedOnce)}, ${known(found.askedOnce / found.distinct, 'share')} of the keys`,
    ],
    ['most popular keys with 50 % of the requests', about + count(found.keysOfHalf)],
    ['most popular keys with 90 % of the requests', about + count(found.keysOfNineTenths)],
    ...(trace.malformed === 0 ? [] : [['malformed lines', count(trace.malformed)] as const]),
    ...(trace.leftOut === 0 ? [] : [['excluded requests (not plain reads)', count(trace.leftOut)] as const]),
  ]
  return dataTable({ caption: 'Inventory', columns: [{ heading: '' }, { heading: '', align: 'right' }], rows })
}
