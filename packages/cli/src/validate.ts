import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type CaseAnswer,
  type Problem,
  printProblem,
  readCase,
  usualEvents,
  type ValidateOptions,
  validate,
} from '@loadpath/core'
import { caseFilesIn, caseName, expectationName, measuredIn, quantity } from './case-folder.ts'
import type { LoadpathContext } from './context.ts'
import { runSimulation } from './running.ts'

const usage = `Usage: validate [--json] [--quick] [--events <count>] <folder>...

Simulates every case and says whether it gives the numbers expected. A folder is a case if it has a case.yaml beside a
design.loadpath.yaml; otherwise the folders in it are looked at.

  --json            the answers as JSON
  --quick           tolerances are at least 3 %, and what takes long is left out
  --events <count>  events that one variant of a case may take (${usualEvents})

Exit code: 0 all passed, 1 any failed, 4 none failed but some are inconclusive, 2 a case or the call is wrong,
130 after Ctrl-C.
`

interface Found {
  readonly folder: string
  readonly answer: CaseAnswer
}

/** A command that was called wrongly: the message is for the user. */
class CallError extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const events = values.events === undefined ? usualEvents : Number(values.events)
  if (!(events > 0)) throw new CallError(`--events ${values.events}: a number above 0 is needed`)
  if (positionals.length === 0) throw new CallError('no folder is given')
  const folders = positionals.flatMap(casesIn)
  const context = { process: process as LoadpathContext['process'] }
  const { result, cutShort } = await runSimulation(context, { json: values.json }, (options) =>
    run(folders, { ...options, events, ...(values.quick ? { quick: 0.03 } : {}) }, values.json),
  )
  return cutShort?.exitCode ?? result
}

async function run(folders: readonly string[], options: ValidateOptions, asJson: boolean): Promise<number> {
  const found: Found[] = []
  let wrong = 0
  for (const [i, folder] of folders.entries()) {
    const pass = (name: string) => options.pass?.(`case ${i + 1} of ${folders.length}, ${folder}: ${name}`)
    pass('reading')
    const files = textsOf(folder)
    const { case: one, problems } = readCase(files)
    if (problems.length > 0) process.stderr.write(`${printed(problems, files)}\n`)
    if (one === undefined) {
      wrong++
      continue
    }
    const answer = await validate(one, { ...options, pass })
    // What was cut short is no verdict on the case.
    if (options.stopping?.() === true) break
    found.push({ folder, answer })
    if (!asJson) process.stdout.write(textOf(answer))
  }
  const counts = countsOf(found, wrong)
  process.stdout.write(asJson ? jsonOf(found, counts) : summaryOf(counts))
  if (wrong > 0) return 2
  if (counts.failed > 0) return 1
  return counts.inconclusive > 0 ? 4 : 0
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        quick: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        events: { type: 'string' },
      },
    })
  } catch (error) {
    throw new CallError(error instanceof Error ? error.message : String(error))
  }
}

/** The folder itself if it is a case, else the cases in it, in the order of their names. */
function casesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) throw new CallError(`there is no folder ${folder}`)
  if (existsSync(join(folder, caseName))) return [folder]
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, caseName)))
    .map((entry) => join(folder, entry.name))
    .sort()
  if (inside.length === 0) throw new CallError(`${folder} is not a case and holds none: no ${caseName}`)
  return inside
}

function textsOf(folder: string) {
  const files = caseFilesIn(folder)
  if (files === null) throw new CallError(`${folder} has no design.loadpath.yaml`)
  return files
}

function printed(problems: readonly Problem[], files: ReturnType<typeof textsOf>): string {
  return problems
    .map((problem) => {
      const source = problem.place.file === files.caseFile ? files.caseText : files.designText
      return printProblem(problem, source)
    })
    .join('\n\n')
}

function textOf({ id, title, expectations }: CaseAnswer): string {
  const lines = expectations.map((answer) => {
    const expected = quantity(answer.expectation.objective.bound, answer)
    const within = quantity(answer.tolerance, answer)
    return `  ${answer.verdict.padEnd(9)}  ${expectationName(answer)}: expected ${expected}, measured ${measuredIn(answer)}, tolerance ± ${within}`
  })
  return `${id} ${title}\n${lines.join('\n')}\n`
}

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly inconclusive: number
  readonly wrongCases: number
}

function countsOf(found: readonly Found[], wrongCases: number): Counts {
  const counts = { passed: 0, failed: 0, inconclusive: 0, wrongCases }
  for (const { answer } of found) for (const { verdict } of answer.expectations) counts[verdict]++
  return counts
}

function summaryOf({ passed, failed, inconclusive, wrongCases }: Counts): string {
  const wrong = wrongCases === 0 ? '' : `, ${wrongCases} cases could not be read`
  return `${passed} passed, ${failed} failed, ${inconclusive} inconclusive${wrong} (99.9 % intervals, seed 1)\n`
}

function jsonOf(found: readonly Found[], counts: Counts): string {
  const cases = found.map(({ folder, answer }) => ({
    folder,
    id: answer.id,
    title: answer.title,
    events: answer.events,
    expectations: answer.expectations.map(({ expectation, tolerance, measured: estimate, verdict }) => ({
      measure: expectation.measure,
      ...(expectation.variant === undefined ? {} : { variant: expectation.variant }),
      dimension: expectation.objective.dimension,
      expected: expectation.objective.bound,
      tolerance,
      measured: estimate,
      verdict,
    })),
  }))
  return `${JSON.stringify({ schemaVersion: 1, counts, cases }, null, 2)}\n`
}

try {
  process.exitCode = await main()
} catch (error) {
  const isCall = error instanceof CallError
  process.stderr.write(isCall ? `${error.message}\n\n${usage}` : `${error instanceof Error ? error.stack : error}\n`)
  process.exitCode = isCall ? 2 : 3
}
