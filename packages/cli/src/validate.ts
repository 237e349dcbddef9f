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
import { plural } from './print/page.ts'
import { runSimulation } from './running.ts'

const usage = `Usage: validate [--json] [--quick] [--events <count>] <folder>...

Simulates validation cases and compares the results with the expected numbers. A case is a folder with a case.yaml and a
design.loadpath.yaml. In another folder, all cases directly inside it are run.

  --json            print JSON
  --quick           use tolerances of at least 3 % and skip slow cases
  --events <count>  limit the events of each variant of a case (${usualEvents})

Exit code: 0 all passed, 1 any failed, 4 none failed but some are inconclusive, 2 a case or the call is wrong,
130 after Ctrl-C.
`

interface Found {
  readonly folder: string
  readonly answer: CaseAnswer
}

/** An error in the call, with a message for the user. */
class CallError extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = readArguments()
  if (values.help) {
    process.stdout.write(usage)
    return 0
  }
  const events = values.events === undefined ? usualEvents : Number(values.events)
  if (!(events > 0)) throw new CallError(`--events ${values.events}: expected a number above 0`)
  if (positionals.length === 0)
    throw new CallError('no folder named: name one, for example validation/q03-many-servers')
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
    // An interrupted case has no verdict.
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

/** Returns the folder if it is a case, else the cases inside it by name. */
function casesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) throw new CallError(`${folder}: folder not found`)
  if (existsSync(join(folder, caseName))) return [folder]
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, caseName)))
    .map((entry) => join(folder, entry.name))
    .sort()
  if (inside.length === 0) throw new CallError(`${folder}: no ${caseName} in the folder or in the folders inside it`)
  return inside
}

function textsOf(folder: string) {
  const files = caseFilesIn(folder)
  if (files === null) throw new CallError(`${folder}: no design.loadpath.yaml`)
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
  const wrong = wrongCases === 0 ? '' : `, ${plural(wrongCases, 'case')} invalid`
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
