import { capacity, type Design, type SimulateOptions, sensitivity, simulate } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { mistake } from '../mistakes.ts'
import { printCapacity } from '../print/capacity.ts'
import type { Page } from '../print/page.ts'
import { joinSections, printReport } from '../print/report.ts'
import { printSensitivity } from '../print/sensitivity.ts'
import { openDesign, printProblems } from '../reading.ts'
import { reportFile, writeReports } from '../report-file.ts'
import { type RunFlags, runSimulation } from '../running.ts'
import { coloursFor, pageFor } from '../terminal.ts'

export interface SimulateFlags extends RunFlags {
  readonly variant?: string
  readonly set?: readonly string[]
  readonly assumptions: boolean
  readonly trace?: 'slowest'
  readonly capacity: boolean
  readonly sensitivity: boolean
  readonly html?: string
}

/** Questions that the report does not answer by itself. */
const questions = [
  { flag: 'assumptions', words: ['--assumptions'], tells: 'Every default in force, with its source' },
  { flag: 'trace', words: ['--trace', 'slowest'], tells: 'The slowest request, followed through all blocks' },
  { flag: 'capacity', words: ['--capacity'], tells: 'The largest load at which the objectives hold' },
  { flag: 'sensitivity', words: ['--sensitivity'], tells: 'Which number of the design matters most' },
] as const

export async function runSimulate(this: LoadpathContext, flags: SimulateFlags, file: string): Promise<void> {
  const { process } = this
  await conclude(this, { json: flags.json, replay: (seed) => call(file, flags, seed) }, async (print) => {
    const question = questionOf(flags)
    const { design, warnings, source, inputs } = openDesign(file, flags)
    const page = flags.html === undefined ? null : reportFile(flags.html, { inputs })
    const draw = page && (await import('../html/report.ts')).htmlReport
    if (!flags.json) process.stderr.write(printProblems(warnings, source, coloursFor(process.stderr)))
    if (question !== null) return await ask(this, flags, question, design)
    const { result, cutShort } = await runSimulation(this, flags, (options) =>
      simulate(design, {
        ...options,
        traceSlowest: flags.trace === 'slowest' || page !== null,
        pictures: page !== null,
      }),
    )
    const own = questions
      .filter(({ flag }) => file !== '-' && (flags[flag] === undefined || flags[flag] === false))
      .map(({ words, tells }) => ({ command: call(file, flags, undefined, words), tells }))
    const between = { command: commandLine(['loadpath', 'test', file]), tells: 'Its objectives between variants' }
    const next = design.relations.length > 0 && file !== '-' ? [...own, between] : own
    const printed = flags.trace === undefined ? { ...result, trace: null } : result
    const report = { assumptions: flags.assumptions, next }
    print(flags.json ? toJson(result) : printReport(printed, pageFor(process.stdout), report))
    if (page !== null && draw !== null) {
      writeReports(process.stderr, [{ file: page, name: 'report', text: () => draw(result) }])
    }
    return cutShort?.exitCode ?? exitCodes.ok
  })
}

/** A question of its own, with runs of its own, in place of the report. */
type Ask = (design: Design, options: SimulateOptions) => Promise<{ answer: unknown; print: (page: Page) => string[][] }>

const askCapacity: Ask = async (design, options) => {
  const answer = await capacity(design, options)
  return { answer, print: (page) => printCapacity(answer, page) }
}

const askSensitivity: Ask = async (design, options) => {
  const answer = await sensitivity(design, options)
  return { answer, print: (page) => printSensitivity(answer, page) }
}

function questionOf(flags: SimulateFlags): Ask | null {
  const asked = [...(flags.capacity ? [askCapacity] : []), ...(flags.sensitivity ? [askSensitivity] : [])]
  const [question] = asked
  if (
    asked.length < 2 &&
    (question === undefined || (flags.trace === undefined && flags.html === undefined && !flags.assumptions))
  ) {
    return question ?? null
  }
  const hint = 'ask for one of them at a time'
  throw mistake(
    'conflicting-questions',
    '--capacity and --sensitivity are answers of their own, without a report',
    hint,
  )
}

async function ask(context: LoadpathContext, flags: SimulateFlags, question: Ask, design: Design): Promise<number> {
  const { stdout } = context.process
  const { result, cutShort } = await runSimulation(context, flags, (options) => question(design, options))
  stdout.write(flags.json ? toJson(result.answer) : joinSections(result.print(pageFor(stdout))))
  return cutShort?.exitCode ?? exitCodes.ok
}

/** The same call again. */
function call(file: string, flags: SimulateFlags, seed = flags.seed, more: readonly string[] = []): string {
  return commandLine([
    ...['loadpath', 'simulate', file],
    ...(flags.variant === undefined ? [] : ['--variant', flags.variant]),
    ...(flags.set ?? []).flatMap((setting) => ['--set', setting]),
    ...(flags.capacity ? ['--capacity'] : []),
    ...(flags.sensitivity ? ['--sensitivity'] : []),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...more,
  ])
}
