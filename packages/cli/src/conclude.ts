import { version } from '@loadpath/core'
import type { LoadpathContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { problemsAsJson } from './first-problems.ts'
import { toJson } from './json.ts'
import { Mistakes } from './mistakes.ts'
import { safe } from './print/page.ts'
import { countProblems, printProblems } from './reading.ts'
import { coloursFor } from './terminal.ts'
import { ReplicationFailure } from './threads/reply.ts'

export interface ConcludeOptions {
  readonly json: boolean
  /** Returns the command that repeats the call, for the report of an internal error. `seed` is that of the failed run. */
  readonly replay: (seed: number | undefined) => string
}

/**
 * Runs a command and sets its exit code. Mistakes are explained; any other error is reported as internal. `work` prints its
 * answer with the function it gets, so an error after that prints no second JSON document.
 */
export async function conclude(
  context: LoadpathContext,
  options: ConcludeOptions,
  work: (print: (answer: string) => void) => Promise<number>,
): Promise<void> {
  let isPrinted = false
  const print = (answer: string): void => {
    isPrinted = true
    context.process.stdout.write(answer)
  }
  try {
    context.process.exitCode = await work(print)
  } catch (error) {
    const isMistake = error instanceof Mistakes
    context.process.exitCode = isMistake ? error.exitCode : exitCodes.fault
    const rest = { ...options, json: options.json && !isPrinted }
    if (isMistake) explainMistakes(context, rest, error)
    else reportInternalError(context, rest, error)
  }
}

function explainMistakes(
  { process }: LoadpathContext,
  { json }: ConcludeOptions,
  { problems, source }: Mistakes,
): void {
  if (json) {
    process.stdout.write(toJson({ schemaVersion: 1, ...problemsAsJson(problems) }))
    return
  }
  process.stderr.write(printProblems(problems, source, coloursFor(process.stderr)))
  if (problems.length > 1) process.stderr.write(`\n${countProblems(problems)}\n`)
}

function reportInternalError({ process }: LoadpathContext, { json, replay }: ConcludeOptions, error: unknown): void {
  const task = error instanceof ReplicationFailure ? error.task : undefined
  const message = error instanceof Error ? error.message : String(error)
  const command = replay(task?.seed)
  if (json) process.stdout.write(toJson({ schemaVersion: 1, fault: { message, replay: command, ...task } }))
  const withMoreWork = task === undefined || task.workFactor === 1 ? '' : `, service times × ${task.workFactor}`
  const where = task === undefined ? [] : [`  where: seed ${task.seed}, replication ${task.replication}${withMoreWork}`]
  const stack =
    error instanceof ReplicationFailure ? error.failure.stack : error instanceof Error ? error.stack : undefined
  const lines = [
    `internal error in loadpath; your design is not the cause: ${safe(message)}`,
    ...where,
    `  replay: ${command}`,
    `  version: loadpath ${version}, Node.js ${process.version}, ${process.platform}`,
    ...placesOf(stack ?? ''),
    '  help: report it with these lines and the design',
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}

/** Returns the first lines of a stack, without the message. */
function placesOf(stack: string): string[] {
  const lines = stack.split('\n').filter((line) => /^\s+at /.test(line))
  return lines.slice(0, 7).map((line) => line.replace(/\S.*/, safe))
}

/** Returns a command line that can be typed into a shell. */
export function commandLine(words: readonly (string | undefined)[]): string {
  return words
    .filter((word) => word !== undefined)
    .map(quoted)
    .join(' ')
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (!/[\p{Cc}\p{Cf}]/u.test(word)) return `'${word.replaceAll("'", "'\\''")}'`
  // Control characters need the only shell quoting that has escapes.
  const text = word.replace(/['\\]/g, '\\$&').replace(/[\p{Cc}\p{Cf}]/gu, (sign) => {
    const bytes = [...Buffer.from(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`)
    return bytes.join('')
  })
  return `$'${text}'`
}
