import type { Answer, Overload } from '@loadpath/core'
import { quantity } from './number.ts'
import { cutShort, listed, type Page, prose, safe } from './page.ts'

/** The title and the verdict, in front of all sections. */
export function printVerdict({ design, variant, about, verdict, run, requests }: Answer, page: Page): string[] {
  const { colours } = page
  const title = `${safe(design)}${variant === undefined ? '' : `, variant ${safe(variant)}`}`
  const lines = [
    ...prose(title, page, { indent: 0, paint: colours.heading }),
    ...(about === undefined ? [] : prose(safe(about), page, { indent: 0, paint: colours.quiet })),
    '',
    ...prose(sentenceOf(verdict.sentence), page, { indent: 0, paint: paintOf(verdict, page) }),
  ]
  if (isHopeless({ verdict, requests })) {
    lines.push(...prose(timesWithheld(requests), page, { indent: 0 }))
  }
  if (verdict.overloads.length > 1) {
    lines.push(...verdict.overloads.flatMap((overload) => prose(`${overload.block}: ${ratesSaid(overload)}.`, page)))
  }
  return [...lines, ...cutShort(run.stopped, page)]
}

/** Whether requests wait ever longer: response times of all together then depend on the length of the run only. */
export function isHopeless({ verdict, requests: [all] }: Pick<Answer, 'verdict' | 'requests'>): boolean {
  return verdict.outcome === 'overloaded' && (all === undefined || all.percentiles.length === 0)
}

/** Says which response times the report does not have. */
export function timesWithheld([, ...kinds]: Answer['requests']): string {
  const endless = kinds.filter(({ percentiles }) => percentiles.length === 0).map(({ name }) => safe(name))
  return endless.length === kinds.length
    ? 'Waiting times grow without limit, so the report has no response times.'
    : `Waiting times of ${listed(endless)} grow without limit, so the report has no response times of these requests.`
}

function paintOf(verdict: Answer['verdict'], { colours }: Page): (text: string) => string {
  const mood = verdict.outcome === 'overloaded' ? colours.bad : colours.good
  const isDoubtful = verdict.outcome === 'inconclusive' || (verdict.outcome === 'carries' && verdict.nearKnee)
  return (text) => colours.strong((isDoubtful ? colours.doubtful : mood)(text))
}

/** A phrase as a sentence. */
export function sentenceOf(phrase: string): string {
  const text = safe(phrase)
  const whole = /[.!?]$/.test(text) ? text : `${text}.`
  return whole.charAt(0).toUpperCase() + whole.slice(1)
}

/** `100/s arrive, 33/s finish, the backlog grows by 67/s; it handles at most 40/s`. */
export function ratesSaid({ full, ...rates }: Overload): string {
  const { offeredPerSecond, finishedPerSecond, failedPerSecond, growsPerSecond, carriesPerSecond } = rates
  const parts = [
    `${quantity(offeredPerSecond, 'rate')} arrive`,
    `${quantity(finishedPerSecond, 'rate')} finish`,
    ...(failedPerSecond === 0 ? [] : [`${quantity(failedPerSecond, 'rate')} fail`]),
    `the backlog grows by ${quantity(growsPerSecond, 'rate')}`,
  ]
  return `${parts.join(', ')}${full === null ? '' : `; it handles at most ${quantity(carriesPerSecond, 'rate')}`}`
}
