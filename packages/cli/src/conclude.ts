import { version } from '@loadpath/core'
import type { LoadpathContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { toJson } from './json.ts'
import { Mistakes } from './mistakes.ts'
import { countProblems, printProblems } from './reading.ts'
import { coloursFor } from './terminal.ts'
import { ReplicationFailure } from './threads/reply.ts'

export interface ConcludeOptions {
  readonly json: boolean
  /** The command that was called, for a report of our own fault; it gets the seed of the run that failed. */
  readonly replay: (seed: number | undefined) => string
}

/** Runs a command to its exit code: mistakes are explained, and what nobody expected is owned up to. */
export async function conclude(
  context: LoadpathContext,
  options: ConcludeOptions,
  work: () => Promise<number>,
): Promise<void> {
  try {
    context.process.exitCode = await work()
  } catch (error) {
    const isMistake = error instanceof Mistakes
    context.process.exitCode = isMistake ? exitCodes.wrong : exitCodes.fault
    if (isMistake) explainMistakes(context, options, error)
    else ownUp(context, options, error)
  }
}

function explainMistakes(
  { process }: LoadpathContext,
  { json }: ConcludeOptions,
  { problems, source }: Mistakes,
): void {
  if (json) {
    process.stdout.write(toJson({ schemaVersion: 1, problems }))
    return
  }
  process.stderr.write(printProblems(problems, source, coloursFor(process.stderr)))
  if (problems.length > 1) process.stderr.write(`\n${countProblems(problems)}\n`)
}

function ownUp({ process }: LoadpathContext, { json, replay }: ConcludeOptions, error: unknown): void {
  const task = error instanceof ReplicationFailure ? error.task : undefined
  const message = error instanceof Error ? error.message : String(error)
  const command = replay(task?.seed)
  if (json) process.stdout.write(toJson({ schemaVersion: 1, fault: { message, replay: command, ...task } }))
  const longer = task === undefined || task.workFactor === 1 ? '' : `, with all work ${task.workFactor} times as long`
  const where = task === undefined ? [] : [`  where: seed ${task.seed}, replication ${task.replication}${longer}`]
  const stack =
    error instanceof ReplicationFailure ? error.failure.stack : error instanceof Error ? error.stack : undefined
  const lines = [
    `This is our own fault, not that of the design: ${message}`,
    ...where,
    `  replay: ${command}`,
    `  version: loadpath ${version}, Node.js ${process.version}, ${process.platform}`,
    ...(stack ?? '').split('\n').slice(1, 8),
    'Please report it with these lines and the design.',
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}

/** A command as one would type it. */
export function commandLine(words: readonly (string | undefined)[]): string {
  return words
    .filter((word) => word !== undefined)
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}
