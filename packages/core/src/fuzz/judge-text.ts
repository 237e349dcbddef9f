import { parse, stringify } from 'yaml'
import { expectedUse, followRequests } from '../before-run/flows.ts'
import { runKind } from '../before-run/run-kind.ts'
import { catalogue } from '../experiment/catalogue.ts'
import { terminatingPlan } from '../experiment/plan.ts'
import { replicate } from '../experiment/replicate.ts'
import type { Design } from '../language/design.ts'
import { fixDesign } from '../language/fix.ts'
import { printProblem } from '../language/print-problem.ts'
import { type ReadResult, readDesign } from '../language/read-design.ts'
import { nominalWorld } from '../support/params.ts'
import type { Problem } from '../support/problem.ts'
import { readDrawnFile } from './drawn-files.ts'
import { type Failure, failureOf } from './failure.ts'

export interface TextJudge {
  /** The host's clock, ms. */
  readonly nowMs: () => number
  /** Reading a text once may take so long. */
  readonly longestMs: number
  /** Whether a text is also read a second time, fixed, and, if it is a design, written again, built and run for a moment. */
  readonly thorough: boolean
}

export interface Judged {
  readonly failure: Failure | null
  /** Whether the text is a design without an error. */
  readonly accepted: boolean
}

/** Bounds of a moment's run: an accepted design may still be far too large to be run to its end. */
const moment = { events: 1, inside: 1, wallMs: 1 }

/** Reads a text as `check`, `check --fix` and `simulate` would; nothing that it says may be more than a problem. */
export function judgeText(text: string, judge: TextJudge): Judged {
  try {
    const beganMs = judge.nowMs()
    const first = read(text)
    const tookMs = judge.nowMs() - beganMs
    const wrong =
      (tookMs > judge.longestMs ? 'reading takes too long' : undefined) ??
      first.problems.map((problem) => judgeProblem(problem, text)).find((found) => found !== undefined) ??
      judgeResult(text, first, judge)
    if (wrong !== undefined) return { failure: { check: wrong, detail: wrong }, accepted: first.design !== undefined }
    if (first.design !== undefined && judge.thorough) runForAMoment(first.design, judge.nowMs)
    return { failure: null, accepted: first.design !== undefined }
  } catch (error) {
    return { failure: failureOf(error), accepted: false }
  }
}

function read(text: string): ReadResult {
  return readDesign(text, catalogue, { readFile: readDrawnFile })
}

function judgeProblem(problem: Problem, text: string): string | undefined {
  const { code, message, place } = problem
  const lines = text.split('\n')
  const { line, column = 1 } = place
  if (!/^[a-z]+(-[a-z]+)*$/.test(code)) return 'a problem without a code'
  if (message.trim() === '') return 'a problem without a message'
  if (line === undefined || line < 1 || line > lines.length) return `a problem outside the text: ${code}`
  if (column < 1 || column > (lines[line - 1] as string).length + 1) return `a problem beside its line: ${code}`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
  if (/[\u0000-\u0009\u000b-\u001f\u202e]/.test(printProblem(problem, text))) return 'a control character is printed'
  return undefined
}

function judgeResult(text: string, first: ReadResult, judge: TextJudge): string | undefined {
  const hasError = first.problems.some(({ severity }) => severity === 'error')
  if ((first.design === undefined) !== hasError) return 'a design in spite of an error, or neither'
  if (!judge.thorough) return undefined
  if (JSON.stringify(read(text)) !== JSON.stringify(first)) return 'checked twice, it reads differently'
  if (first.rewrites.length > 0) return judgeFix(text, first)
  if (first.design === undefined) return undefined
  const rewritten = read(stringify(parse(text), { aliasDuplicateObjects: false }))
  return isSame(first.design, rewritten.design) ? undefined : 'written again, it is another design'
}

/** `check --fix` leaves nothing to fix, and the same design. */
function judgeFix(text: string, { design }: ReadResult): string | undefined {
  const fixed = fixDesign(text, catalogue, { readFile: readDrawnFile }).text
  if (fixDesign(fixed, catalogue, { readFile: readDrawnFile }).text !== fixed) return 'fixed twice, it changes'
  return design === undefined || isSame(design, read(fixed).design) ? undefined : 'fixed, it is another design'
}

function isSame(one: Design, other: Design | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** Plans, builds and begins to run a design. */
function runForAMoment(uncertain: Design, nowMs: () => number): void {
  const design = nominalWorld(uncertain)
  const kind = runKind(design)
  expectedUse(design, followRequests(design))
  const plan = terminatingPlan(design, kind.kind === 'terminating' ? kind.lengthMs : 1000)
  replicate({ design, seed: 1, replication: 0, workFactor: 1, plan, limits: moment, trace: null }, { elapsedMs: nowMs })
}
