import { linkSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { commandLine, conclude } from '../conclude.ts'
import type { LoadpathContext } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { toJson } from '../json.ts'
import { type Mistakes, mistake } from '../mistakes.ts'
import { noRoom } from '../no-room.ts'
import { listed, safe } from '../print/page.ts'
import { templateNames, templateText } from '../templates.ts'

export interface InitFlags {
  readonly template: string
  readonly json: boolean
}

export async function runInit(this: LoadpathContext, flags: InitFlags, folder = '.'): Promise<void> {
  const replay = () => commandLine(['loadpath', 'init', folder, '--template', flags.template])
  await conclude(this, { json: flags.json, replay }, async () => {
    const names = templateNames()
    if (!names.includes(flags.template)) {
      const hint = `one of ${listed(names.map((name) => `\`${name}\``))}`
      throw mistake('unknown-template', `there is no template \`${flags.template}\``, hint)
    }
    const text = templateText(flags.template)
    const file = writeNew(folder, text)
    const numbers = text.split('\n').filter((line) => line.includes('CHANGE')).length - 1
    const next = [
      {
        command: commandLine(['loadpath', 'simulate', folder]),
        tells: 'the answer to the numbers that stand there now',
      },
      { command: commandLine(['loadpath', 'check', folder]), tells: 'after each change: is it well formed?' },
      { command: commandLine(['loadpath', 'review', folder]), tells: 'what is unwise, without running it' },
      { command: commandLine(['loadpath', 'test', folder]), tells: 'are the objectives kept? for CI' },
    ]
    if (flags.json)
      this.process.stdout.write(toJson({ schemaVersion: 1, file, template: flags.template, numbers, next }))
    else this.process.stdout.write(whatNext(file, flags.template, numbers, next))
    return exitCodes.ok
  })
}

function whatNext(
  file: string,
  template: string,
  numbers: number,
  next: readonly { command: string; tells: string }[],
): string {
  const width = Math.max(...next.map(({ command }) => command.length))
  return [
    `${safe(file)} is written, from the template ${template}.`,
    '',
    `It runs as it is. Replace the numbers in its ${numbers} places marked CHANGE by yours: each says where to find them.`,
    '',
    ...next.map(({ command, tells }) => `  ${command.padEnd(width)}  ${tells}`),
    '',
  ].join('\n')
}

/** Writes a file that was not there, whole or not at all. */
function writeNew(folder: string, text: string): string {
  const file = join(folder, 'loadpath.yaml')
  const draft = join(folder, `.loadpath.yaml.${process.pid}`)
  let created: string | undefined
  try {
    created = mkdirSync(folder, { recursive: true })
    const other = readdirSync(folder).find((name) => name === 'loadpath.yaml' || name.endsWith('.loadpath.yaml'))
    if (other !== undefined) throw alreadyThere(join(folder, other))
    try {
      writeFileSync(draft, text, { flag: 'wx' })
      // A link, unlike a renaming, does not replace what somebody else has written in the meantime.
      linkSync(draft, file)
    } finally {
      rmSync(draft, { force: true })
    }
  } catch (error) {
    if (created !== undefined) removeEmpty(folder, created)
    throw refusal(error, folder, file)
  }
  return file
}

/** Takes away the folders that were made, from the innermost to the outermost, as far as nobody else has put anything there. */
function removeEmpty(folder: string, outermost: string): void {
  const last = resolve(outermost)
  try {
    for (let inner = resolve(folder); inner.startsWith(last); inner = dirname(inner)) rmdirSync(inner)
  } catch {
    // What is not empty is somebody's.
  }
}

function refusal(error: unknown, folder: string, file: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error
  if (error.code === 'EEXIST' && !isFolderTaken(error)) return alreadyThere(file)
  const { why, hint } = noRoom(error) ?? {
    why: error.message,
    hint: 'name another folder, or give yourself the right to write to this one',
  }
  return mistake('unwritable-folder', `no design can be written here: ${why}`, hint, folder)
}

/** A file stands where the folder should be. */
function isFolderTaken(error: Error): boolean {
  return 'syscall' in error && error.syscall === 'mkdir'
}

function alreadyThere(file: string): Mistakes {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
    return mistake(
      'already-there',
      'there is a folder of the name of a design',
      'rename it, or name another folder',
      file,
    )
  }
  return mistake('already-there', 'there is a design already, and it is not touched', 'name another folder', file)
}
