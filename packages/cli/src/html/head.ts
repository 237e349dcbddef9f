import type { Answer } from '@loadpath/core'
import { isHopeless, ratesSaid, sentenceOf } from '../print/verdict.ts'
import { html, type Markup } from './markup.ts'
import { sumUp } from './objectives.ts'

const words: Readonly<Record<Answer['verdict']['outcome'], string>> = {
  carries: 'Carries the load',
  failing: 'Fails under the load',
  overloaded: 'Overloaded',
  inconclusive: 'No answer yet',
}

/** `held`, `missed` and `undecided` as the colours of a verdict, too. */
export function moodOfVerdict({ verdict: { outcome, nearKnee }, objectives }: Answer): 'good' | 'bad' | 'doubtful' {
  if (outcome === 'overloaded' || outcome === 'failing') return 'bad'
  const isKept = objectives.every(({ verdict: found }) => found === 'met')
  return outcome === 'inconclusive' || nearKnee || !isKept ? 'doubtful' : 'good'
}

/** Its short name, in a word or three. */
export function verdictWord({ outcome, nearKnee }: Answer['verdict']): string {
  return outcome === 'carries' && nearKnee ? 'Near the knee' : words[outcome]
}

/** What a design is called, with its variant. */
export function nameOf({ design, variant }: Pick<Answer, 'design' | 'variant'>): string {
  return variant === undefined ? design : `${design}, variant ${variant}`
}

/** The answer in a sentence, before everything else. */
export function verdict(answer: Answer): Markup {
  const { verdict: found, run } = answer
  return html`<div class="verdict ${moodOfVerdict(answer)}">
<p class="word">${found.outcome === 'carries' && !found.nearKnee ? 'Verdict' : verdictWord(found)}</p>
<p class="sentence">${tied(sentenceOf(found.sentence))}</p>
${isHopeless(answer) ? html`<p>Waiting times grow for as long as this lasts, so no response time is given.</p>` : null}
${answer.objectives.length === 0 ? null : html`<p>What was promised: ${sumUp(answer.objectives)}</p>`}
${found.overloads.length > 1 ? overloads(found.overloads) : null}
${run.stopped === null ? null : html`<p class="doubtful">Ended early: ${run.stopped}. This is the answer so far.</p>`}
</div>
`
}

/** A number and its sign of per cent stay on one line. */
function tied(sentence: string): string {
  return sentence.replace(/(\d) %/g, '$1\u00a0%')
}

function overloads(all: Answer['verdict']['overloads']): Markup {
  return html`<ul>${all.map((overload) => html`<li><b>${overload.block}</b>: ${ratesSaid(overload)}.</li>`)}</ul>`
}
