import type { Answer } from '@loadpath/core'
import { type Finding, fuzzDesigns, fuzzFiles, type Range } from '@loadpath/core/fuzz'
import { toJson } from '../json.ts'
import { plain } from '../print/page.ts'
import { printReport } from '../print/report.ts'
import { readCorpus } from './corpus.ts'

/** Reading any text of at most 1 MiB once takes less, in ms, on a machine that does other things as well. */
const longestMs = 15_000

/** What is fuzzed, and how much of it. */
export interface Campaign extends Omit<Range, 'begins'> {
  readonly what: 'designs' | 'files'
  readonly corpus: readonly string[]
}

/** Judges the cases of a campaign as core does, and prints every answer as the commands would. */
export function fuzz({ what, corpus, ...range }: Campaign, begins?: Range['begins']): Promise<readonly Finding[]> {
  const heard: Range = begins === undefined ? range : { ...range, begins }
  if (what === 'designs') return fuzzDesigns(heard, { print: printAnswer })
  return fuzzFiles(heard, readCorpus(corpus), { nowMs: () => performance.now(), longestMs })
}

/** Prints an answer for a wide and for a narrow terminal, and as JSON; throws if that is impossible. */
function printAnswer(answer: Answer): void {
  for (const width of [100, 40]) {
    const text = printReport(answer, { width, colours: plain }, { assumptions: true, next: [] })
    if (/\b(NaN|undefined|null|\[object)\b/.test(text)) throw new Error('the report shows what is no answer')
  }
  JSON.parse(toJson(answer))
}
