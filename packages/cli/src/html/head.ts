import type { Answer } from '@loadpath/core'
import { isHopeless, ratesSaid, sentenceOf, timesWithheld } from '../print/verdict.ts'
import { html, type Markup } from './markup.ts'
import { sumUp } from './objectives.ts'

const words: Readonly<Record<Answer['verdict']['outcome'], string>> = {
  carries: 'Carries the load',
  failing: 'Fails under the load',
  overloaded: 'Overloaded',
  inconclusive: 'Inconclusive',
}

/** Returns the colour of a verdict. */
export function moodOfVerdict({ verdict: { outcome, nearKnee }, objectives }: Answer): 'good' | 'bad' | 'doubtful' {
  if (outcome === 'overloaded' || outcome === 'failing') return 'bad'
  const isMet = objectives.every(({ verdict: found }) => found === 'met')
  return outcome === 'inconclusive' || nearKnee || !isMet ? 'doubtful' : 'good'
}

/** Returns a verdict in at most four words. */
export function verdictWord({ outcome, nearKnee }: Answer['verdict']): string {
  return outcome === 'carries' && nearKnee ? 'Near the knee' : words[outcome]
}

/** Returns the name of a design with its variant. */
export function nameOf({ design, variant }: Pick<Answer, 'design' | 'variant'>): string {
  return variant === undefined ? design : `${design}, variant ${variant}`
}

/** Returns the verdict in a sentence, with its consequences. */
export function verdict(answer: Answer): Markup {
  const { verdict: found, run } = answer
  const sentence = sentenceOf(found.sentence)
  const word = verdictWord(found)
  const isRepeated = sentence.startsWith(word) || (found.outcome === 'carries' && !found.nearKnee)
  return html`<div class="verdict ${moodOfVerdict(answer)}">
<p class="word">${isRepeated ? 'Verdict' : word}</p>
<p class="sentence">${tied(sentence)}</p>
${isHopeless(answer) ? html`<p>${timesWithheld(answer.requests)}</p>` : null}
${answer.objectives.length === 0 ? null : html`<p>Objectives: ${sumUp(answer.objectives)}</p>`}
${found.overloads.length > 1 ? overloads(found.overloads) : null}
${run.stopped === null ? null : html`<p class="doubtful">Ended early: ${run.stopped}. The numbers cover the run so far.</p>`}
</div>
`
}

/** Ties each number to its per cent sign. */
function tied(sentence: string): string {
  return sentence.replace(/(\d) %/g, '$1\u00a0%')
}

function overloads(all: Answer['verdict']['overloads']): Markup {
  return html`<ul>${all.map((overload) => html`<li><b>${overload.block}</b>: ${ratesSaid(overload)}.</li>`)}</ul>`
}
