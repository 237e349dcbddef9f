import { capacity, type Design, type SimulateOptions, sensitivity, simulate } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { Mistakes, mistake } from '../mistakes.ts'
import { printCapacity } from '../print/capacity.ts'
import { listed, type Page } from '../print/page.ts'
import { joinSections, printReport } from '../print/report.ts'
import { printSensitivity } from '../print/sensitivity.ts'
import { type FoundDesign, openDesign, printProblems } from '../reading.ts'
import { reportFile, writeReports } from '../report-file.ts'
import { type RunFlags, runSimulation } from '../running.ts'
import { coloursFor, pageFor } from '../terminal.ts'

export interface SimulateFlags extends RunFlags {
  readonly variant?: string
  readonly set?: readonly string[]
  readonly assumptions: boolean
  readonly trace?: 'slowest'
  readonly capacity: boolean
  /** Text of an objective; empty for the one with the least headroom. */
  readonly sensitivity?: string
  readonly html?: string
}

/** Further analyses, which the report proposes at its end. */
const questions = [
  { flag: 'assumptions', words: ['--assumptions'], tells: 'Every default used, with its source' },
  { flag: 'trace', words: ['--trace', 'slowest'], tells: 'The slowest request, traced through all blocks' },
  { flag: 'capacity', words: ['--capacity'], tells: 'The largest load that meets the objectives' },
  { flag: 'sensitivity', words: ['--sensitivity'], tells: 'The numbers of the design, ranked by effect' },
] as const

export async function runSimulate(this: LoadpathContext, flags: SimulateFlags, file: string): Promise<void> {
  const { process } = this
  await conclude(this, { json: flags.json, replay: (seed) => call(file, flags, seed) }, async (print) => {
    const question = questionOf(flags)
    const found = openDesign(file, flags)
    const { warnings, source, inputs } = found
    const design = flags.sensitivity ? withObjective(found, flags.sensitivity) : found.design
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
    const between = { command: commandLine(['loadpath', 'test', file]), tells: 'The objectives that compare variants' }
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

/** The design with this objective alone, whether it is one of its own or not; throws `Mistakes` if it is neither. */
function withObjective({ design, withObjectives }: FoundDesign, text: string): Design {
  try {
    const found = withObjectives([text])
    if (found.objectives.some((objective) => objective.text === text && isFor(objective, design))) return found
  } catch (error) {
    if (!(error instanceof Mistakes)) throw error
  }
  const own = design.objectives.filter((objective) => isFor(objective, design)).map((one) => `\`${one.text}\``)
  const hint =
    own.length > 0 ? `use ${own.length > 1 ? 'one of ' : ''}${listed(own)}` : 'write one such as `p99 < 200ms`'
  throw mistake('unknown-objective', `unknown objective \`${text}\``, hint)
}

function isFor({ variant }: Design['objectives'][number], design: Design): boolean {
  return variant === undefined || variant === design.variant
}

/** An analysis with runs of its own, printed in place of the report. */
type Ask = (design: Design, options: SimulateOptions) => Promise<{ answer: unknown; print: (page: Page) => string[][] }>

const askCapacity: Ask = async (design, options) => {
  const answer = await capacity(design, options)
  return { answer, print: (page) => printCapacity(answer, page) }
}

const askSensitivity =
  (objective: string): Ask =>
  async (design, options) => {
    const answer = await sensitivity(design, options, objective)
    return { answer, print: (page) => printSensitivity(answer, page) }
  }

function questionOf(flags: SimulateFlags): Ask | null {
  const asked = [
    ...(flags.capacity ? [askCapacity] : []),
    ...(flags.sensitivity === undefined ? [] : [askSensitivity(flags.sensitivity)]),
  ]
  const [question] = asked
  if (
    asked.length < 2 &&
    (question === undefined || (flags.trace === undefined && flags.html === undefined && !flags.assumptions))
  ) {
    return question ?? null
  }
  throw mistake(
    'conflicting-questions',
    '--capacity and --sensitivity replace the report and its other options',
    'use only one of them',
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
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...(flags.sensitivity === undefined ? [] : ['--sensitivity', flags.sensitivity].filter((word) => word !== '')),
    ...more,
  ])
}
