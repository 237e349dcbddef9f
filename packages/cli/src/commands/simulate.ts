import { simulate } from '@loadpath/core'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { printReport } from '../print/report.ts'
import { openDesign, printProblems } from '../reading.ts'
import { type RunFlags, runSimulation } from '../running.ts'
import { coloursFor, pageFor } from '../terminal.ts'

export interface SimulateFlags extends RunFlags {
  readonly variant?: string
  readonly set?: readonly string[]
  readonly assumptions: boolean
  readonly trace?: 'slowest'
}

/** Questions that the report does not answer by itself. */
const questions = [
  { flag: 'assumptions', words: ['--assumptions'], tells: 'Every default in force, with its source' },
  { flag: 'trace', words: ['--trace', 'slowest'], tells: 'The slowest request, followed through all blocks' },
] as const

export async function runSimulate(this: LoadpathContext, flags: SimulateFlags, file: string): Promise<void> {
  const { process } = this
  await conclude(this, { json: flags.json, replay: (seed) => call(file, flags, seed) }, async () => {
    const { design, warnings, source } = openDesign(file, flags)
    if (!flags.json) process.stderr.write(printProblems(warnings, source, coloursFor(process.stderr)))
    const { result, interrupted } = await runSimulation(this, flags, (options) =>
      simulate(design, { ...options, traceSlowest: flags.trace === 'slowest' }),
    )
    const own = questions
      .filter(({ flag }) => file !== '-' && (flags[flag] === undefined || flags[flag] === false))
      .map(({ words, tells }) => ({ command: call(file, flags, undefined, words), tells }))
    const between = { command: commandLine(['loadpath', 'test', file]), tells: 'Its promises between variants' }
    const next = design.relations.length > 0 && file !== '-' ? [...own, between] : own
    const report = { assumptions: flags.assumptions, next }
    process.stdout.write(flags.json ? toJson(result) : printReport(result, pageFor(process.stdout), report))
    return interrupted ? exitCodes.interrupted : exitCodes.ok
  })
}

/** The same call again. */
function call(file: string, flags: SimulateFlags, seed = flags.seed, more: readonly string[] = []): string {
  return commandLine([
    ...['loadpath', 'simulate', file],
    ...(flags.variant === undefined ? [] : ['--variant', flags.variant]),
    ...(flags.set ?? []).flatMap((setting) => ['--set', setting]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
    ...more,
  ])
}
