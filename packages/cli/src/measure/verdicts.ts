import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  examine,
  readCase,
  replicate,
  type SimulateOptions,
  type TestAnswer,
  testDesign,
  validate,
} from '@loadpath/core'
import { caseFilesIn, expectationName, measuredIn } from '../case-folder.ts'
import { claimsIn } from '../claims/folders.ts'
import { measuredFiles } from '../measured.ts'
import { testedOf } from '../print/tests.ts'
import { tie } from '../print/width.ts'
import { openDesign } from '../reading.ts'
import type { Item, Report, Row } from './item.ts'
import { readRecord } from './record.ts'

export type Verdicts = Omit<Report, 'cpuSeconds'>

/** Each item has a process of its own, so that one thread is enough. */
const oneThread: SimulateOptions & { runner: NonNullable<SimulateOptions['runner']> } = {
  runner: async (tasks) => tasks.map((task) => replicate(task)),
}

/** Runs the experiment of a claim in full. */
export async function measureClaim({ name, path }: Item): Promise<Verdicts> {
  const claim = claimsIn(dirname(path)).find(({ folder }) => folder === path)?.claim
  if (claim === undefined) throw new Error(`there is no claim ${name}`)
  const { found, control } = await examine(claim, oneThread)
  const own = shownOn(path, found)
  if (control === null || control.verdict === 'missed') return own
  return { ...own, broken: [...own.broken, `the negative control is ${control.verdict}: ${control.text}`] }
}

/** Tests the objectives of a design. */
export async function measureDesign({ path }: Item): Promise<Verdicts> {
  return shownOn(path, await testDesign(openDesign(path).withVariant, oneThread))
}

/** Runs a validation case until every expectation is decided. */
export async function measureCase({ path }: Item): Promise<Verdicts> {
  const files = caseFilesIn(path)
  const { case: one, problems } = files === null ? { problems: [] } : readCase(files)
  if (one === undefined) throw new Error(`${path} is no case: ${problems.map(({ message }) => message).join('; ')}`)
  const { expectations } = await validate(one, { runner: oneThread.runner })
  const rows = expectations.map((answer) => ({
    text: expectationName(answer),
    verdict: answer.verdict,
    measured: measuredIn(answer),
  }))
  const before = Object.entries(readRecord(path)?.expectations ?? {}).map(([text, said]) => {
    const [verdict = '', ...measured] = said.split(': ')
    return { text, verdict, measured: measured.join(': ') }
  })
  return {
    rows,
    before,
    broken: rows.filter(({ verdict }) => verdict !== 'passed').map(sentenceOf),
    look: [],
    files: {},
  }
}

/** What a page beside a design says of its objectives, and what it ought to say. */
function shownOn(folder: string, answer: TestAnswer): Verdicts {
  const rows = answer.objectives
    .map(testedOf)
    .map(({ text, verdict, measured }) => ({ text, verdict, measured: measured.replaceAll(tie, ' ') }))
  const page = readFileSync(join(folder, 'README.md'), 'utf8')
  const before = rowsOn(page)
  return {
    rows,
    before,
    broken: rows.filter(({ verdict }) => verdict !== 'met').map(sentenceOf),
    look: [...staleNumbers(page, before, rows)].map((number) => `${folder}/README.md: its prose says ${number}`),
    files: Object.fromEntries(measuredFiles(folder, answer)),
  }
}

function sentenceOf({ verdict, text, measured }: Row): string {
  return `${verdict}: ${text}: ${measured}`
}

/** The rows of the table of what was measured. */
function rowsOn(page: string): readonly Row[] {
  return [...page.matchAll(/^\| (met|missed|inconclusive) \| `(.*)` \| (.*) \|$/gm)].map(
    ([, verdict = '', text = '', measured = '']) => ({ verdict, text, measured }),
  )
}

/** Numbers of the prose that stood in the old table and do not stand in the new one. */
function staleNumbers(page: string, before: readonly Row[], now: readonly Row[]): ReadonlySet<string> {
  const numbers = (text: string) => new Set(text.match(/\d[\d,]*(\.\d+)?/g) ?? [])
  const measured = (rows: readonly Row[]) => numbers(rows.map((row) => row.measured).join(' '))
  const prose = numbers(
    page
      .replace(/^---\n[\s\S]*?^---$/m, '')
      .replace(/^\|.*$/gm, '')
      .replace(/`[^`]*`/g, ''),
  )
  const present = measured(now)
  return new Set([...measured(before)].filter((number) => prose.has(number) && !present.has(number)))
}
